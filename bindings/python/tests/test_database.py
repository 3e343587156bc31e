"""Database: where it comes from and where it goes."""

from pathlib import Path

import pytest
from conftest import Pack

import sluicegate
from sluicegate import Database, DatabaseError, RulesError, SluicegateError


def test_the_catalogue_is_there(builtin: Database) -> None:
    assert len(builtin) > 1000
    assert len(builtin.digest) == 64
    assert repr(builtin) == f"<Database of {len(builtin)} classifiers>"
    assert sluicegate.__version__


def test_classifiers_are_told_in_the_order_of_their_ids(builtin: Database) -> None:
    classifiers = builtin.classifiers()
    ids = [classifier.id for classifier in classifiers]
    assert ids == sorted(ids) and len(ids) == len(builtin)
    pat = classifiers[ids.index("secret.github.pat")]
    assert (pat.severity, pat.confidence) == ("critical", 95)
    assert pat.card["name"] and pat.card["detectors"][0]["pattern"]
    assert repr(pat) == "<Classifier secret.github.pat: critical, confidence 95>"


def test_a_saved_database_is_the_same(builtin: Database, tmp_path: Path) -> None:
    path = tmp_path / "saved.sgdb"
    builtin.save(path)
    loaded = Database.load(str(path))
    assert loaded.digest == builtin.digest
    text = "card 4111 1111 1111 1111"
    assert loaded.scan(text) == builtin.scan(text) != []
    # It may be replaced while it is mapped.
    builtin.save(path)
    assert loaded.scan(text) == builtin.scan(text)
    assert [entry.name for entry in tmp_path.iterdir()] == ["saved.sgdb"]


def test_packs_may_stand_beside_the_catalogue(builtin: Database, tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    pack.write_text('[[classifier]]\nid = "custom.a"\n[[classifier.regex]]\npattern = "a"\n')
    assert len(Database.from_files([pack])) == 1
    assert len(Database.from_files([tmp_path])) == 1
    assert len(Database.from_files((str(pack),), builtin=True)) == len(builtin) + 1
    assert Database.from_files([], builtin=True).digest == builtin.digest


def test_every_problem_of_a_pack_has_its_code_and_place(pack: Pack) -> None:
    text = """
[[classifier]]
id = "custom.a"
[[classifier.regex]]
pattern = 'é(?=b)'
[[classifier]]
id = "custom.b"
severity = "dire"
[[classifier.regex]]
pattern = 'b'
"""
    with pytest.raises(RulesError) as caught:
        pack(text)
    error = caught.value
    assert isinstance(error, SluicegateError)
    assert [problem.code for problem in error.problems] == ["SG105"]
    assert error.code == "SG105" and error.message and error.hint
    assert error.file is not None and error.file.endswith("pack.toml")
    assert (error.line, error.column) == (8, 12)
    assert error.span is not None
    start, end = error.span
    assert text.encode()[start:end] == b'"dire"'
    assert str(error).startswith(f"{error.file}:8:12: [SG105] ")

    with pytest.raises(RulesError) as caught:
        pack(text.replace("dire", "low"))
    error = caught.value
    assert [problem.classifier for problem in error.problems] == ["custom.a"]
    assert error.code == "SG202" and error.line == 5


def test_there_must_be_classifiers(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="there are no classifiers"):
        Database.from_files([tmp_path])


def test_files_that_cannot_be_read_are_errors_of_the_system(
    builtin: Database, tmp_path: Path
) -> None:
    missing = tmp_path / "missing"
    with pytest.raises(FileNotFoundError) as caught:
        Database.load(missing)
    assert caught.value.filename == missing
    with pytest.raises(FileNotFoundError) as caught:
        Database.from_files([missing])
    assert caught.value.filename == missing
    with pytest.raises(FileNotFoundError):
        builtin.save(missing / "saved.sgdb")
    with pytest.raises(OSError):
        builtin.save(tmp_path)
    with pytest.raises(TypeError):
        Database.load(1)  # type: ignore[arg-type] # pyright: ignore
    with pytest.raises(TypeError):
        Database.from_files("pack.toml")


def test_foreign_cut_and_altered_files_are_refused(builtin: Database, tmp_path: Path) -> None:
    path = tmp_path / "saved.sgdb"
    builtin.save(path)
    image = path.read_bytes()
    middle = len(image) // 2
    altered = image[:middle] + bytes([image[middle] ^ 1]) + image[middle + 1 :]
    said = set[str]()
    for contents in [b"", b"no database", image[:-1], image + b"x", altered]:
        path.write_bytes(contents)
        with pytest.raises(DatabaseError) as caught:
            Database.load(path)
        assert caught.value.file == str(path) and caught.value.hint
        said.add(caught.value.message)
    assert len(said) >= 4
