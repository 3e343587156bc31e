"""Calls, and calls that fail, leave nothing behind."""

import gc
import resource
from pathlib import Path

from sluicegate import Database

CALLS = 1_000_000


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
