"""Database.scan_arrow, with arrays of pyarrow."""

from typing import Any

import pyarrow
import pytest
from conftest import Pack
from test_scan import HARD

from sluicegate import Database, Finding, IncompleteError

TEXTS = ["日 ABC", None, "", "nothing", "ABC é DEF", "x" * 100 + "GHI"]


def rows(array: Any) -> list[Any]:
    """The findings of an array as those of single scans are written."""
    return [
        None if row is None else [Finding(**finding) for finding in row]
        for row in pyarrow.array(array).to_pylist()
    ]


@pytest.mark.parametrize("form", ["string", "large_string", "string_view"])
def test_texts_have_offsets_in_code_points(words: Database, form: str) -> None:
    array = pyarrow.array(TEXTS, type=getattr(pyarrow, form)())
    expected = [None if text is None else words.scan(text) for text in TEXTS]
    for threads in [0, 1, 2]:
        assert rows(words.scan_arrow(array, threads)) == expected


@pytest.mark.parametrize("form", ["binary", "large_binary", "binary_view"])
def test_binary_values_have_offsets_in_bytes(words: Database, form: str) -> None:
    values = [None if text is None else text.encode() for text in TEXTS]
    array = pyarrow.array(values, type=getattr(pyarrow, form)())
    expected = [None if value is None else words.scan(value) for value in values]
    assert rows(words.scan_arrow(array)) == expected


def test_slices_and_chunks_are_scanned_as_they_are(words: Database) -> None:
    array = pyarrow.array(TEXTS)
    expected = rows(words.scan_arrow(array))
    assert rows(words.scan_arrow(array[3:])) == expected[3:]
    chunked = pyarrow.chunked_array([array, array[2:4], array[:0]])
    assert rows(words.scan_arrow(chunked)) == expected + expected[2:4]
    column = pyarrow.table({"text": array})["text"]
    assert rows(words.scan_arrow(column)) == expected
    assert rows(words.scan_arrow(pyarrow.array([], type=pyarrow.string()))) == []


def test_the_type_is_a_list_of_structs(words: Database) -> None:
    found = words.scan_arrow(pyarrow.array(TEXTS))
    assert len(found) == len(TEXTS)
    assert repr(found) == f"<FindingsArray of {len(TEXTS)} texts, 6 findings>"
    array = pyarrow.array(found)
    array.validate(full=True)
    assert array.null_count == 1
    assert str(array.type.value_type) == (
        "struct<classifier: string not null, start: int64 not null, end: int64 not null, "
        "severity: string not null, confidence: uint8 not null, view: string not null>"
    )
    assert pyarrow.field(found).type == array.type


def test_low_confidence_is_left_out(words: Database) -> None:
    found = rows(words.scan_arrow(pyarrow.array(["ABC é"]), min_confidence=50))
    assert [finding.classifier for finding in found[0]] == ["custom.capitals"]


def test_other_arrays_and_objects_are_refused(words: Database) -> None:
    with pytest.raises(TypeError, match="an array of texts or binary values, not of Int64"):
        words.scan_arrow(pyarrow.array([1]))
    with pytest.raises(TypeError, match="expected an Arrow array, .* not list"):
        words.scan_arrow(["ABC"])  # type: ignore[arg-type] # pyright: ignore


def test_nothing_is_copied_in(words: Database) -> None:
    array = pyarrow.array(["x" * 1000] * 10_000)
    before = pyarrow.total_allocated_bytes()
    words.scan_arrow(array)
    assert pyarrow.total_allocated_bytes() == before


def test_what_could_not_be_inspected_is_an_error(pack: Pack) -> None:
    array = pyarrow.array(["ABC", "ABC " + "a" * 20_000])
    with pytest.raises(IncompleteError) as caught:
        pack(HARD).scan_arrow(array)
    assert caught.value.indices == [1]
    found = rows(caught.value.findings)
    assert len(found) == 2 and len(found[0]) == 1
