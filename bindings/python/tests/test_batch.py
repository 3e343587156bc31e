"""Database.scan_batch, and scanning from many threads."""

from concurrent.futures import ThreadPoolExecutor
from typing import Union

import pytest

from sluicegate import Database

TEXTS = [
    text
    for number in range(300)
    for text in [
        f"card 4111 1111 1111 1111, number {number}",
        "",
        "é" * number + " jane.doe@mail.example " + "x" * (number * 7),
    ]
]


def test_a_batch_gives_what_single_scans_give(builtin: Database) -> None:
    expected = [builtin.scan(text) for text in TEXTS]
    assert sum(map(len, expected)) >= 300
    for threads in [0, 1, 2, 3, 16]:
        assert builtin.scan_batch(TEXTS, threads) == expected
        assert builtin.scan_batch(tuple(TEXTS), threads=threads) == expected


def test_texts_and_buffers_may_be_mixed(builtin: Database) -> None:
    text = "é 4111 1111 1111 1111"
    texts: list[Union[str, bytes, bytearray]] = [text, text.encode(), bytearray(text.encode())]
    found = builtin.scan_batch(iter(texts))
    assert [findings[0].start for findings in found] == [2, 3, 3]


def test_an_empty_batch_has_no_findings(builtin: Database) -> None:
    assert builtin.scan_batch([]) == []
    assert builtin.scan_batch(["", b""], 2) == [[], []]


def test_wrong_types_are_refused(builtin: Database) -> None:
    with pytest.raises(TypeError, match="expected an iterable of texts, not one str"):
        builtin.scan_batch("text")
    with pytest.raises(TypeError, match="expected str or a bytes-like object, not int"):
        builtin.scan_batch(["text", 1])  # type: ignore[list-item] # pyright: ignore
    with pytest.raises(TypeError):
        builtin.scan_batch(1)  # type: ignore[arg-type] # pyright: ignore
    with pytest.raises(OverflowError):
        builtin.scan_batch(["text"], -1)


def test_threads_of_the_caller_share_a_database(builtin: Database) -> None:
    expected = [builtin.scan(text) for text in TEXTS]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(builtin.scan, TEXTS * 4)) == expected * 4
