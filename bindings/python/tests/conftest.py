"""What the tests share."""

from pathlib import Path
from typing import Callable

import pytest

from sluicegate import Database

Pack = Callable[[str], Database]


@pytest.fixture(scope="session")
def builtin() -> Database:
    """The built-in catalogue."""
    return Database.builtin()


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """Compiles the text of a pack."""

    def compile(text: str) -> Database:
        path = tmp_path / "pack.toml"
        path.write_text(text, encoding="utf-8")
        return Database.from_files([path])

    return compile


@pytest.fixture
def words(pack: Pack) -> Database:
    """Finds runs of capitals, and of the letters é and 日."""
    return pack(
        """
        [[classifier]]
        id = "custom.capitals"
        severity = "high"
        confidence = 70
        [[classifier.regex]]
        pattern = '[A-Z]{3,}'
        [[classifier]]
        id = "custom.letters"
        confidence = 30
        [[classifier.regex]]
        pattern = '(?u:[é日])+'
        """
    )
