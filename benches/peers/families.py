"""Which names of kinds stand for the same thing: `families.toml`, read."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from scanners import OURS
from texts import Case

TABLE = Path(__file__).parent / "families.toml"


def matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


@dataclass(frozen=True)
class Family:
    """One kind of thing, by the names that engines and labels have for it."""

    name: str
    kinds: dict[str, list[str]]
    labels: list[str]
    one_rule: list[str]
    silent: bool
    memory: dict[tuple[str, str], bool] = field(default_factory=dict, compare=False, repr=False)

    def has(self, engine: str, kind: str) -> bool:
        """Whether this kind of an engine belongs to the family."""
        key = (engine, kind)
        if key not in self.memory:
            self.memory[key] = matches(kind, self.kinds.get(engine, ()))
        return self.memory[key]

    def expected(self, case: Case) -> list[tuple[int, int, str]]:
        """The labelled values of a text: start, end, label.

        A text that is labelled as a whole has one value, which any finding in it meets.
        """
        if case.negative:
            return []
        if case.spans:
            values = ((span.start, span.end, span.kind) for span in case.spans)
        else:
            size = len(case.text.encode())
            values = ((0, size, label) for label in case.labels)
        named = ((start, end, f"{case.source}:{label}") for start, end, label in values)
        return [value for value in named if matches(value[2], self.labels)]

    def excludes(self, case: Case) -> bool:
        """Whether a finding in this text is wrong, by its labels."""
        if case.kind == "benign":
            return self.silent
        names = (f"{case.source}:{label}" for label in case.labels)
        return case.negative and any(
            matches(name, self.labels) and not matches(name, self.one_rule) for name in names
        )


def families() -> list[Family]:
    """All families, in the order of the file."""
    with TABLE.open("rb") as file:
        table = tomllib.load(file)
    found = []
    for row in table["family"]:
        name, labels, silent = row.pop("name"), row.pop("labels"), row.pop("silent", False)
        if OURS not in row:
            raise ValueError(f"family {name} does not say which classifiers it has")
        found.append(Family(name, row, labels, table["one_rule"], silent))
    return found
