"""Which texts are compared: labelled cases of a folder, chosen by a seed."""

import hashlib
import json
import lzma
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

SUFFIXES = (".jsonl", ".jsonl.xz")


@dataclass(frozen=True)
class Label:
    """A value that is known to be in a text: offsets in bytes of its UTF-8, end exclusive."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Case:
    """A text and what is known of it. `labels` are classes of the text as a whole."""

    id: str
    source: str
    kind: str
    text: str
    spans: tuple[Label, ...]
    labels: tuple[str, ...]
    negative: bool

    def line(self) -> str:
        row = asdict(self)
        row["spans"] = [[span.start, span.end, span.kind] for span in self.spans]
        return json.dumps(row, ensure_ascii=False)


def case_of(row: dict[str, Any], source: str) -> Case:
    spans = (Label(int(start), int(end), str(kind)) for start, end, kind in row.get("spans", ()))
    return Case(
        id=str(row["id"]),
        source=str(row.get("source", source)),
        kind=str(row.get("kind", "")),
        text=str(row["text"]),
        spans=tuple(sorted(spans, key=lambda span: (span.start, span.end, span.kind))),
        labels=tuple(sorted(map(str, row.get("labels", ())))),
        negative=bool(row.get("negative", False)),
    )


def source_of(path: Path) -> str:
    return path.name.removesuffix(".xz").removesuffix(".jsonl")


def cases(path: Path) -> Iterator[Case]:
    """The cases of one file, in its order."""

    def parsed(file: TextIO) -> Iterator[Case]:
        for line in file:
            if line.strip():
                yield case_of(json.loads(line), source_of(path))

    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as packed:
            yield from parsed(packed)
    else:
        with path.open(encoding="utf-8") as plain:
            yield from parsed(plain)


def files(path: Path) -> list[Path]:
    """The files of cases that a file or a folder stands for, by name."""
    if path.is_file():
        return [path]
    found = path.iterdir() if path.is_dir() else ()
    return sorted(file for file in found if file.name.endswith(SUFFIXES))


def shares(sizes: list[int], count: int) -> list[int]:
    """`count` in equal parts, but no part larger than its size; what is over goes to the others."""
    parts = [0] * len(sizes)
    left = min(count, sum(sizes))
    while left:
        open_parts = [at for at, size in enumerate(sizes) if parts[at] < size]
        each = max(left // len(open_parts), 1)
        for at in open_parts:
            more = min(each, sizes[at] - parts[at], left)
            parts[at] += more
            left -= more
    return parts


def sample(path: Path, count: int, seed: int) -> list[Case]:
    """`count` cases: the same number of each file as far as it goes.

    A case's place in the lot depends on the seed and its id alone, so that the choice is the same
    on every machine.
    """

    def lot(case: Case) -> bytes:
        return hashlib.sha256(f"{seed}\0{case.source}\0{case.id}".encode()).digest()

    sources = [sorted(cases(file), key=lot) for file in files(path)]
    parts = shares([len(source) for source in sources], count)
    chosen = [case for source, part in zip(sources, parts) for case in source[:part]]
    return sorted(chosen, key=lot)
