"""The exceptions of the package. They never hold any of a text that was scanned."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Optional

if TYPE_CHECKING:
    from typing_extensions import Self

    from ._sluicegate import Verdict


class Problem(NamedTuple):
    """A problem of a pack, for its author."""

    code: str
    """What is wrong, for example "SG101"; docs/diagnostics.md lists all."""
    message: str
    """One sentence."""
    hint: str
    """What to do about it; empty where there is nothing to add."""
    classifier: Optional[str]
    """Id of the classifier concerned, where it is known."""
    file: Optional[str]
    span: Optional[tuple[int, int]]
    """Where it stands, in bytes of the file, and so on: None where that is not known."""
    line: Optional[int]
    """From 1."""
    column: Optional[int]
    """From 1, in characters."""


class SluicegateError(Exception):
    """Anything that this package refuses, apart from wrong types and files that can't be read."""

    def __init__(
        self,
        message: str,
        *,
        code: Optional[str] = None,
        hint: str = "",
        file: Optional[str] = None,
        span: Optional[tuple[int, int]] = None,
        line: Optional[int] = None,
        column: Optional[int] = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.hint = hint
        self.file = file
        self.span = span
        self.line = line
        self.column = column

    def __str__(self) -> str:
        text = self.message
        if self.code is not None:
            text = f"[{self.code}] {text}"
        if self.file is not None:
            place = self.file if self.line is None else f"{self.file}:{self.line}:{self.column}"
            text = f"{place}: {text}"
        return f"{text} ({self.hint})" if self.hint else text


class _ProblemsError(SluicegateError):
    problems: list[Problem]

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message, **details)
        self.problems = []

    @classmethod
    def from_json(cls, text: str) -> "Self":
        """The error about problems as the engine writes them."""
        found = problems(text)
        first = found[0]._asdict()
        del first["classifier"]
        error = cls(**first)
        error.problems = found
        return error

    def __str__(self) -> str:
        more = len(self.problems) - 1
        return super().__str__() + (f" and {more} more problems" if more > 0 else "")


class RulesError(_ProblemsError):
    """Packs that can't be compiled. The error is the first problem; `problems` are all of them.

    >>> import pathlib, sluicegate, tempfile
    >>> pack = pathlib.Path(tempfile.mkdtemp(), "pack.toml")
    >>> _ = pack.write_text('[[classifier]]\\nid = "custom.empty"\\n')
    >>> try:
    ...     sluicegate.Database.from_files([pack])
    ... except sluicegate.RulesError as error:
    ...     print(error.code, error.line, len(error.problems))
    SG108 1 1
    """


class PolicyError(_ProblemsError):
    """A policy that can't be used. The error is the first problem; `problems` are all of them.

    >>> import sluicegate
    >>> try:
    ...     sluicegate.Guard.from_text('defualt = "block"')
    ... except sluicegate.PolicyError as error:
    ...     print(error.code, error.line, error.hint)
    SG102 1 did you mean `default`?
    """


def problems(text: str) -> list[Problem]:
    """Problems as the engine writes them."""
    return [_problem(row) for row in json.loads(text)]


def _problem(row: dict[str, Any]) -> Problem:
    return Problem(
        code=row["code"],
        message=row["message"],
        hint=row["hint"],
        classifier=row["classifier"],
        file=row["file"],
        span=None if row["start"] is None else (row["start"], row["end"]),
        line=row["line"],
        column=row["column"],
    )


class DatabaseError(SluicegateError):
    """A database or an index that this version can't use."""


class IncompleteError(SluicegateError):
    """A text of which not all could be inspected: checking it reached the bound on work.

    Findings may be missing, so whoever must be sure treats the text as one that can't pass.
    """

    findings: Any
    """What the call would have returned: all that was found."""
    indices: list[int]
    """Of a batch or array, which of the texts; empty for a single one."""

    def __init__(self, findings: Any, indices: Sequence[int] = ()) -> None:
        super().__init__("not all of the text could be inspected: the bound on work was reached")
        self.findings = findings
        self.indices = list(indices)


class RedactError(SluicegateError):
    """A text whose values can't be removed, or be turned back. Nothing of it may be passed on."""


class Blocked(SluicegateError):
    """A text that may not be passed on any further; `verdict` says why."""

    verdict: "Verdict[Any]"

    def __init__(self, verdict: "Verdict[Any]") -> None:
        super().__init__("the policy blocks the rest of the text")
        self.verdict = verdict
