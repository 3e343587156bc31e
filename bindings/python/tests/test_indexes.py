"""Indexes beside a database: rows of tables, passages of documents."""

from collections.abc import Callable
from pathlib import Path
from typing import Union

import pytest
from conftest import FOLDER

from sluicegate import Database, DatabaseError, Guard, Redactor

KEY = b"an example of a secret"
ROW = "Ms WEIRKEEPER, no. 4711 0815, asked"
LABELLED = "Ms [EXACT_PEOPLE], no. [EXACT_PEOPLE], asked"
PASSAGE = (
    "He wrote: on the FIRST Monday of each month in the old mill where "
    "the sluice was opened for the first time."
)
PEOPLE = FOLDER / "indexes" / "people.sgx"
MINUTES = FOLDER / "indexes" / "minutes.sgf"
With = Callable[[Database, Union[str, Path, bytes], bytes], Database]
KINDS = pytest.mark.parametrize(
    ("attach", "path", "text", "id"),
    [
        (Database.with_exact, PEOPLE, ROW, "exact.people"),
        (Database.with_documents, MINUTES, PASSAGE, "document.minutes"),
    ],
)


def ids(database: Database, text: str) -> set[str]:
    return {finding.classifier for finding in database.scan(text)}


@KINDS
def test_files_and_bytes_are_the_same_index(
    words: Database, attach: With, path: Path, text: str, id: str
) -> None:
    mapped = attach(words, path, KEY)
    assert id in ids(mapped, text) and id not in ids(words, text)
    assert ids(mapped, "é ABC") == ids(words, "é ABC") != set()
    assert len(mapped) == len(words) + 1 and mapped.digest != words.digest
    assert mapped.classifiers()[-1].id == id and mapped.classifiers()[-1].card
    for other in (str(path), path.read_bytes()):
        # Space at the end of a key file does not count.
        assert attach(words, other, KEY + b"\n").digest == mapped.digest
    buffers = attach(words, bytearray(path.read_bytes()), bytearray(KEY))  # type: ignore[arg-type] # pyright: ignore
    assert buffers.scan(text) == mapped.scan(text)


def test_indexes_stand_beside_each_other_and_are_not_saved(words: Database, tmp_path: Path) -> None:
    both = words.with_exact(PEOPLE, KEY).with_documents(MINUTES, KEY)
    assert both.digest == words.with_documents(MINUTES, KEY).with_exact(PEOPLE, KEY).digest
    assert ids(both, ROW) >= {"exact.people"} and ids(both, PASSAGE) >= {"document.minutes"}
    both.save(tmp_path / "saved.sgdb")
    assert Database.load(tmp_path / "saved.sgdb").digest == words.digest


@KINDS
def test_what_cannot_be_used_is_refused(
    words: Database, attach: With, path: Path, text: str, id: str, tmp_path: Path
) -> None:
    image = path.read_bytes()
    other = (MINUTES if path == PEOPLE else PEOPLE).read_bytes()
    altered = image[:300] + bytes([image[300] ^ 1]) + image[301:]
    for contents, message in [
        (b"", "not a sluicegate"),
        (b"no index", "not a sluicegate"),
        (image[:-1], "is truncated"),
        (altered, "is altered"),
        (other, "another kind of index"),
    ]:
        with pytest.raises(DatabaseError, match=message) as caught:
            attach(words, contents, KEY)
        assert caught.value.hint and caught.value.file is None
        file = tmp_path / "index"
        file.write_bytes(contents)
        with pytest.raises(DatabaseError, match=message) as caught:
            attach(words, file, KEY)
        assert caught.value.hint and caught.value.file == str(file)
    with pytest.raises(DatabaseError, match="was made with the key"):
        attach(words, path, b"a different secret")
    with pytest.raises(DatabaseError, match="the key has 5 bytes, it takes at least 16") as caught:
        attach(words, path, b"short")
    assert caught.value.file is None
    with pytest.raises(DatabaseError, match=f"there is a classifier `{id}` already"):
        attach(attach(words, path, KEY), image, KEY)
    with pytest.raises(FileNotFoundError) as missing:
        attach(words, tmp_path / "missing", KEY)
    assert missing.value.filename == tmp_path / "missing"
    for wrong in (1, None):
        with pytest.raises(TypeError):
            attach(words, wrong, KEY)  # type: ignore[arg-type] # pyright: ignore
        with pytest.raises(TypeError):
            attach(words, path, wrong)  # type: ignore[arg-type] # pyright: ignore


@pytest.mark.parametrize("size", range(1, len(ROW) + 1))
def test_rows_are_redacted_however_a_text_is_cut(builtin: Database, size: int) -> None:
    guard = Guard.from_text(
        '[[rule]]\nname = "rows"\nclassifiers = ["exact.*"]\naction = "redact"\n',
        builtin.with_exact(PEOPLE, KEY),
    )
    with guard.stream(channel="output") as stream:
        passed = "".join(stream.push(ROW[at : at + size]) for at in range(0, len(ROW), size))
        passed += stream.finish()
    assert passed == LABELLED and stream.verdict.rule == "rows"


def test_redactors_and_batches_find_rows(words: Database) -> None:
    database = words.with_exact(PEOPLE, KEY)
    assert "WEIRKEEPER" not in Redactor("label", database).redact(ROW)
    assert "4711" not in Redactor("mask", database).redact(ROW)
    assert database.scan_batch([ROW, "nothing"], 2) == [database.scan(ROW), []]
    stream = database.stream()
    pieces = [finding for char in ROW for finding in stream.push(char)]
    assert pieces + stream.finish() == database.scan(ROW)
