"""What the binding costs: `speed.py PROGRAM TEXT`, PROGRAM being the example `scan_pieces`.

Compares calls on 100 bytes, batches of 1 KB texts on two threads, and four threads of Python on
16 KB texts with the same work in Rust, and prints one line of JSON. Each figure is the best of
several repetitions; Python and Rust take turns, so that both see the same machine.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from typing import Callable

from sluicegate import Database

REPETITIONS = 7


def pieces(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text) - size + 1, size)]


def nanoseconds(work: Callable[[list[str]], object], texts: list[str]) -> int:
    began = time.perf_counter_ns()
    work(texts)
    return time.perf_counter_ns() - began


def on_threads(count: int, scan: Callable[[str], object], texts: Sequence[str]) -> None:
    def share(number: int) -> None:
        for text in texts[number::count]:
            scan(text)

    threads = [threading.Thread(target=share, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    program, path = sys.argv[1:]
    with open(path, "rb") as file:
        text = file.read(16 << 20).decode("ascii", errors="ignore")
    database = Database.builtin()
    scan = database.scan
    with tempfile.NamedTemporaryFile() as plain:
        plain.write(text.encode())
        plain.flush()

        def rust(size: int, threads: int) -> int:
            command = [program, plain.name, str(size), str(threads), "3"]
            return int(subprocess.check_output(command).split()[0])

        def compare(size: int, threads: int, work: Callable[[list[str]], object]) -> list[int]:
            """Nanoseconds per piece in Python and in Rust."""
            texts = pieces(text, size)
            work(texts)
            turns = [
                (nanoseconds(work, texts) // len(texts), rust(size, threads))
                for _ in range(REPETITIONS)
            ]
            return [min(turn[0] for turn in turns), min(turn[1] for turn in turns)]

        def calls(texts: list[str]) -> None:
            for piece in texts:
                scan(piece)

        call = compare(100, 1, calls)
        kilobyte = compare(1000, 1, calls)
        batch = compare(1000, 2, lambda texts: database.scan_batch(texts, 2))
    texts = pieces(text, 16_000)

    def fastest(threads: int) -> int:
        def work(texts: list[str]) -> None:
            on_threads(threads, scan, texts)

        return min(nanoseconds(work, texts) for _ in range(REPETITIONS))

    one, four = fastest(1), fastest(4)
    row = {
        "call_100_ns": call,
        "call_1000_ns": kilobyte,
        "batch_1000_ns": batch,
        "batch_share_of_rust": round(batch[1] / batch[0], 3),
        "four_threads_times_one": round(one / four, 2),
    }
    print(json.dumps(row))


if __name__ == "__main__":
    main()
