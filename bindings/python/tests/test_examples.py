"""Every example of the documentation runs."""

import doctest
import shutil
from pathlib import Path

import pytest
from conftest import FOLDER

import sluicegate


def documented() -> "dict[str, str]":
    """The documentation of the package, its classes and their members, by name."""
    found = {"sluicegate": sluicegate.__doc__ or ""}
    for name in sluicegate.__all__:
        exported = getattr(sluicegate, name)
        found[name] = exported.__doc__ or ""
        if isinstance(exported, type):
            for member in vars(exported):
                text = getattr(getattr(exported, member), "__doc__", None)
                found[f"{name}.{member}"] = text or ""
    return found


def test_examples_run() -> None:
    parser = doctest.DocTestParser()
    runner = doctest.DocTestRunner(verbose=False)
    for name, text in documented().items():
        names = dict(vars(sluicegate))
        runner.run(parser.get_doctest(text, names, name, None, None))
    assert runner.tries > 20
    assert runner.failures == 0


def test_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The files that it speaks of.
    shutil.copy(FOLDER / "indexes" / "people.sgx", tmp_path)
    (tmp_path / "index.key").write_text("an example of a secret\n")
    monkeypatch.chdir(tmp_path)
    readme = Path(__file__).parents[1] / "README.md"
    failures, tries = doctest.testfile(str(readme), module_relative=False, encoding="utf-8")
    assert tries > 5
    assert failures == 0


def test_everything_public_is_documented() -> None:
    missing = [
        name
        for name, text in documented().items()
        if not text and not name.split(".")[-1].startswith("_")
    ]
    assert missing == []
