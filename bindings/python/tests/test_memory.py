"""Calls, and calls that fail, leave nothing behind."""

import gc
import resource
from collections.abc import Iterator
from pathlib import Path

from sluicegate import Blocked, Database, Guard

CALLS = 1_000_000
STREAMS = 100_000


def resident() -> int:
    """Bytes of memory in use now where the system tells, else the most there ever were."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def calls(database: Database, number: int) -> None:
    for index in range(number // 10):
        for text in ("see ABC", "日 ABC", b"ABC", bytearray(b"ABC"), "\ud800ABC", ""):
            database.scan(text)
        for wrong in (None, 1):
            try:
                database.scan(wrong)  # type: ignore[arg-type] # pyright: ignore
            except TypeError:
                pass
        try:
            database.scan("ABC", min_confidence=101)
        except ValueError:
            pass
        if index % 100 == 0:
            database.scan_batch(["ABC", b"ABC", "日"], 2)


def test_memory_stays_flat(words: Database) -> None:
    calls(words, CALLS // 10)
    gc.collect()
    before = resident()
    calls(words, CALLS)
    gc.collect()
    assert resident() - before < 4 << 20


def pieces(raises: bool) -> Iterator[str]:
    yield "see ABC, "
    if raises:
        raise KeyError
    yield "日 XYZ"


def streams(guards: list[Guard], number: int) -> None:
    """Streams that are finished, left, dropped, refused a piece, and broken off by their source."""
    for index in range(number // 5):
        guard = guards[index % len(guards)]
        finished = guard.stream()
        finished.push("see ABC é ")
        finished.finish()
        assert finished.verdict.findings
        try:
            with guard.stream() as left:
                left.push("see AB")
                left.push(b"C")
        except TypeError:
            pass
        dropped = guard.stream()
        dropped.push("see ABC " * 20)
        for raises in (True, False):
            try:
                for _ in guard.filter(pieces(raises)):
                    pass
            except (KeyError, Blocked):
                pass
        scanning = guard.database.stream()
        scanning.push("see 日 AB")
        if index % 2:
            scanning.finish()
        guard.inspect("see 日 ABC")


def test_memory_of_streams_stays_flat(words: Database) -> None:
    numbered = '[[rule]]\nname = "all"\naction = "redact"\nstyle = "numbered"\n'
    policies = ['default = "block"', 'default = "redact"', numbered]
    guards = [Guard.from_text(policy, words) for policy in policies]
    streams(guards, STREAMS // 10)
    gc.collect()
    before = resident()
    streams(guards, STREAMS)
    gc.collect()
    assert resident() - before < 4 << 20
