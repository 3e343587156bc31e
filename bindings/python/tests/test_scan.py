"""Database.scan: what it takes, what it gives."""

import array
import mmap
import pickle
from pathlib import Path
from typing import Any

import numpy
import pytest
from conftest import Pack

from sluicegate import Database, Finding, IncompleteError


def spans(findings: list[Finding]) -> list[tuple[int, int]]:
    return [(finding.start, finding.end) for finding in findings]


def test_a_finding_says_what_where_and_how_sure(words: Database) -> None:
    (finding,) = words.scan("see ABC")
    assert finding == Finding("custom.capitals", 4, 7, "high", 70, "raw")
    assert finding != Finding("custom.capitals", 4, 8, "high", 70)
    assert finding != "custom.capitals"
    assert len({finding, *words.scan("see ABC"), *words.scan("ABC")}) == 2
    assert repr(finding) == (
        "Finding(classifier='custom.capitals', start=4, end=7, severity='high', "
        "confidence=70, view='raw')"
    )
    assert pickle.loads(pickle.dumps(finding)) == finding
    with pytest.raises(AttributeError):
        setattr(finding, "start", 0)


def test_resolving_leaves_one_finding_of_each_value(pack: Pack) -> None:
    database = pack(
        """
        [[classifier]]
        id = "custom.any"
        [[classifier.regex]]
        pattern = '[0-9]{4}'
        [[classifier]]
        id = "custom.checked"
        chance = 0.1
        [[classifier.regex]]
        pattern = '[0-9]{4}'
        """
    )
    assert len(database.scan("é 1234")) == 2
    (finding,) = database.scan("é 1234", resolve=True)
    assert (finding.classifier, finding.start) == ("custom.checked", 2)


def test_offsets_are_code_points_of_text_and_bytes_of_bytes(words: Database) -> None:
    text = "日本 ABC é😀éé XYZ"
    found = words.scan(text)
    assert [text[f.start : f.end] for f in found] == ["日", "ABC", "é", "éé", "XYZ"]
    data = text.encode()
    found = words.scan(data)
    assert [data[f.start : f.end].decode() for f in found] == ["日", "ABC", "é", "éé", "XYZ"]


def test_a_finding_inside_a_character_takes_all_of_it(pack: Pack) -> None:
    database = pack(
        """
        [[classifier]]
        id = "custom.half"
        [[classifier.regex]]
        pattern = '(?-u:\\xa9)x?'
        [[classifier]]
        id = "custom.lead"
        [[classifier.regex]]
        pattern = 'a(?-u:\\xc3)'
        """
    )
    assert spans(database.scan("aéx é")) == [(0, 2), (1, 3), (4, 5)]
    assert spans(database.scan("aéx é".encode())) == [(0, 2), (2, 4), (6, 7)]


def test_lone_surrogates_are_scanned_too(words: Database) -> None:
    text = "\ud800 ABC \udfff日"
    assert [text[f.start : f.end] for f in words.scan(text)] == ["ABC", "日"]


def test_nested_and_overlapping_findings_keep_their_places(pack: Pack) -> None:
    database = pack(
        """
        [[classifier]]
        id = "custom.long"
        [[classifier.regex]]
        pattern = 'é.*é'
        [[classifier]]
        id = "custom.short"
        [[classifier.regex]]
        pattern = 'B'
        """
    )
    assert spans(database.scan("éBéBé")) == [(0, 5), (1, 2), (3, 4)]


def test_every_kind_of_buffer_is_scanned(words: Database, tmp_path: Path) -> None:
    data = b"..ABC.." * 300
    expected = words.scan(data)
    assert len(expected) == 300
    path = tmp_path / "data"
    path.write_bytes(data)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert words.scan(mapped) == expected
    # Typed as anything: numpy says only for 3.12 that its arrays are buffers.
    buffers: list[Any] = [
        bytearray(data),
        memoryview(data),
        memoryview(bytearray(data)),
        array.array("B", data),
        array.array("b", data),
        numpy.frombuffer(data, dtype=numpy.uint8),
        numpy.frombuffer(data, dtype=numpy.uint8).reshape(2, -1),
    ]
    for buffer in buffers:
        assert words.scan(buffer) == expected, type(buffer)
    for step in (-1, 2, 7):
        assert words.scan(memoryview(data)[::step]) == words.scan(data[::step])
    assert words.scan(bytearray()) == words.scan(memoryview(b"")) == words.scan("") == []


def test_a_buffer_is_free_again_after_its_scan(words: Database) -> None:
    data = bytearray(b"ABC" * 1000)
    words.scan(data)
    words.scan_batch([data, data])
    data.extend(b"more")


def test_wrong_types_are_refused_with_what_was_expected(words: Database) -> None:
    for wrong in [None, 1, ["ABC"], {"ABC"}, object()]:
        with pytest.raises(TypeError, match="expected str or a bytes-like object, not "):
            words.scan(wrong)  # type: ignore[arg-type] # pyright: ignore
    with pytest.raises(TypeError, match="expected a buffer of bytes, not one of items of 8 bytes"):
        words.scan(array.array("d", [1.0]))
    with pytest.raises(TypeError):
        getattr(words, "scan")("ABC", 50)
    with pytest.raises(TypeError):
        words.scan("ABC", min_confidence="50")  # type: ignore[arg-type] # pyright: ignore
    for number in [-1, 101, 1000]:
        with pytest.raises(ValueError, match="a confidence is from 0 to 100"):
            words.scan("ABC", min_confidence=number)


def test_findings_below_a_confidence_are_left_out(words: Database) -> None:
    assert len(words.scan("ABC 日")) == 2
    assert [f.confidence for f in words.scan("ABC 日", min_confidence=31)] == [70]
    assert [len(found) for found in words.scan_batch(["ABC", "日"], min_confidence=31)] == [1, 0]
    assert words.scan("ABC", min_confidence=71) == []


def test_what_could_not_be_inspected_is_an_error_that_holds_the_findings(pack: Pack) -> None:
    database = pack(HARD)
    text = "ABC " + "a" * 20_000
    with pytest.raises(IncompleteError, match="not all of the text") as caught:
        database.scan(text)
    assert isinstance(caught.value.findings, list)
    assert caught.value.indices == []
    with pytest.raises(IncompleteError) as caught:
        database.scan_batch(["ABC", text, "x", text])
    assert caught.value.findings[0] == database.scan("ABC")
    assert len(caught.value.findings) == 4
    assert caught.value.indices == [1, 3]
    # The next scan starts afresh.
    assert len(database.scan("ABC")) == 1


def test_a_hook_of_a_subclass_is_not_asked(words: Database) -> None:
    class Loud(str):
        def __len__(self) -> int:
            return 1

    assert spans(words.scan(Loud("日ABC"))) == [(0, 1), (1, 4)]


# Every start is tried to the end of the text and refused.
HARD = """
[[classifier]]
id = "custom.capitals"
[[classifier.regex]]
pattern = '[A-Z]{3,}'
[[classifier]]
id = "custom.hard"
[[classifier.regex]]
pattern = '(?:a|aa)+'
max_len = 65536
validate = ["luhn"]
"""
