"""What the type checkers know. That they agree is checked by running them over this file."""

from collections.abc import AsyncGenerator, AsyncIterator, Generator
from typing import Any, Optional

from typing_extensions import assert_type

from sluicegate import Database, DecidedFinding, Finding, Guard, Redactor, Session, Verdict


def test_what_comes_out_is_of_the_kind_that_went_in(words: Database) -> None:
    guard = Guard.from_text("", words)
    assert_type(guard.inspect("ABC"), "Verdict[str]")
    assert_type(guard.inspect(b"ABC"), "Verdict[bytes]")
    assert_type(guard.inspect("ABC").text, Optional[str])
    assert_type(guard.inspect(bytearray()).text, Optional[bytes])
    assert_type(guard.inspect("ABC").findings, list[DecidedFinding])
    assert_type(guard.restore("ABC", session=Session()), str)
    assert_type(guard.restore(b"ABC"), bytes)
    assert_type(guard.stream().push("ABC"), str)
    assert_type(guard.stream().push(b"ABC"), bytes)
    assert_type(guard.filter(["ABC"]), Generator[str, None, None])
    assert_type(guard.filter([b"ABC"]), Generator[bytes, None, None])
    assert_type(words.stream().push("ABC"), list[Finding])
    assert_type(Redactor("mask", words).redact("ABC"), str)
    assert_type(Redactor("mask", words).redact(b"ABC"), bytes)


async def asynchronous(guard: Guard, source: AsyncIterator[str]) -> None:
    assert_type(guard.astream(source), AsyncGenerator[str, None])


def test_a_verdict_may_be_written_with_its_kind() -> None:
    assert Verdict[str] != Verdict[Any]
