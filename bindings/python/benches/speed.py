"""What the binding costs: `speed.py FOLDER TEXT`, FOLDER being that of the built examples.

Compares calls on texts of 100 and 1,000 bytes, batches of texts of 1,000 bytes on two threads,
messages of 100 bytes and a stream in pieces of 16 bytes through a guard, and four threads of Python
on texts of 16,000 bytes with one, and prints one line of JSON with
nanoseconds for each text, of Python and of Rust. Each figure is the fastest of many short
repetitions, so that other work of the machine disturbs few of them; Python and Rust take turns.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from typing import Callable

from sluicegate import Database, Guard

Work = Callable[[Sequence[str]], object]

ROUNDS = 5
REPETITIONS = 60


def nanoseconds(work: Work, texts: Sequence[str]) -> int:
    """Nanoseconds for each text, in the fastest repetition."""
    best = sys.maxsize
    for _ in range(REPETITIONS):
        began = time.perf_counter_ns()
        work(texts)
        best = min(best, time.perf_counter_ns() - began)
    return best // len(texts)


def on_threads(count: int, work: Work) -> Work:
    def share(texts: Sequence[str]) -> None:
        shares = [texts[number::count] for number in range(count)]
        threads = [threading.Thread(target=work, args=(texts,)) for texts in shares]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return share


def main() -> None:
    folder, path = sys.argv[1:]
    with open(path, "rb") as file:
        text = file.read(4 << 20).decode("ascii", errors="ignore")
    database = Database.builtin()
    scan = database.scan

    guard = Guard.from_text('default = "redact"', database)

    def calls(texts: Sequence[str]) -> None:
        for text in texts:
            scan(text)

    def inspected(texts: Sequence[str]) -> None:
        for text in texts:
            guard.inspect(text, channel="output")

    def pushed(texts: Sequence[str]) -> None:
        stream = guard.stream()
        for text in texts:
            stream.push(text)
        stream.finish()

    with tempfile.NamedTemporaryFile() as plain:
        plain.write(text.encode())
        plain.flush()

        def pieces(size: int, count: int) -> list[str]:
            return [text[at : at + size] for at in range(0, len(text) - size + 1, size)][:count]

        def turns(work: Work, texts: Sequence[str], command: list[str], column: int) -> list[int]:
            rounds = [
                (nanoseconds(work, texts), int(subprocess.check_output(command).split()[column]))
                for _ in range(ROUNDS)
            ]
            return [min(round[0] for round in rounds), min(round[1] for round in rounds)]

        def beside_rust(size: int, count: int, threads: int, work: Work) -> list[int]:
            numbers = [size, count, threads, REPETITIONS]
            command = [f"{folder}/scan_pieces", plain.name, *map(str, numbers)]
            return turns(work, pieces(size, count), command, 0)

        def guarded(size: int, work: Work, column: int) -> list[int]:
            numbers = [size, 1000, REPETITIONS]
            command = [f"{folder}/guard_pieces", plain.name, *map(str, numbers)]
            return turns(work, pieces(size, 1000), command, column)

        inspect = guarded(100, inspected, 0)
        push = guarded(16, pushed, 1)
        call = beside_rust(100, 1000, 1, calls)
        longer = beside_rust(1000, 200, 1, calls)
        batch = beside_rust(1000, 2000, 2, lambda texts: database.scan_batch(texts, 2))
    texts = [text[at : at + 16_000] for at in range(0, 1_024_000, 16_000)]
    one, four = [], []
    for _ in range(ROUNDS):
        one.append(nanoseconds(on_threads(1, calls), texts))
        four.append(nanoseconds(on_threads(4, calls), texts))
    row = {
        "call_100": call,
        "call_1000": longer,
        "inspect_100": inspect,
        "push_16": push,
        "batch_1000": batch,
        "batch_share_of_rust": round(batch[1] / batch[0], 3),
        "four_threads_times_one": round(min(one) / min(four), 2),
    }
    print(json.dumps(row))


if __name__ == "__main__":
    main()
