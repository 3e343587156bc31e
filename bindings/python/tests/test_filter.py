"""Guard.filter and Guard.astream: what they pass on, and what they drop."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import pytest

from sluicegate import Blocked, Database, Guard, RulesError, SluicegateError

PIECES = ["see ", "AB", "C, ", "then DE", "F!"]
REDACTED = "see [CUSTOM_CAPITALS], then [CUSTOM_CAPITALS]!"


async def later(pieces: "list[Any]") -> "AsyncGenerator[Any, None]":
    for piece in pieces:
        await asyncio.sleep(0)
        yield piece


async def gathered(guard: Guard, pieces: "list[Any]", into: "list[Any]") -> None:
    async for piece in guard.astream(later(pieces)):
        into.append(piece)


def both(guard: Guard, pieces: "list[Any]") -> "tuple[list[Any], list[Exception]]":
    """What both ways pass on, which is the same, and what they raise."""
    passed: "list[list[Any]]" = [[], []]
    raised: list[Exception] = []
    try:
        for piece in guard.filter(pieces):
            passed[0].append(piece)
    except SluicegateError as error:
        raised.append(error)
    try:
        asyncio.run(gathered(guard, pieces, passed[1]))
    except SluicegateError as error:
        raised.append(error)
    assert passed[0] == passed[1]
    return passed[0], raised


def test_what_may_pass_is_passed_on(words: Database) -> None:
    guard = Guard.from_text('default = "redact"', words)
    passed, raised = both(guard, PIECES)
    assert "".join(passed) == REDACTED and "" not in passed and raised == []
    passed, raised = both(guard, [piece.encode() for piece in PIECES])
    assert b"".join(passed) == REDACTED.encode() and raised == []
    assert both(guard, []) == ([], [])


def test_what_is_blocked_raises_behind_what_may_pass(words: Database) -> None:
    guard = Guard.from_text('default = "block"', words)
    for pieces in (PIECES, ["see ABC"], ["see ", "ABC"]):
        passed, raised = both(guard, pieces)
        assert "".join(passed) == "see "
        assert len(raised) == 2
        for error in raised:
            assert isinstance(error, Blocked) and not isinstance(error, RulesError)
            assert error.verdict.action == "block"
            assert "ABC" not in str(error)


def test_nothing_is_asked_for_behind_what_is_blocked(words: Database) -> None:
    asked: list[str] = []

    def source() -> Iterator[str]:
        for piece in ["see ABC, and then ", "more ", "and more"]:
            asked.append(piece)
            yield piece

    with pytest.raises(Blocked):
        list(Guard.from_text('default = "block"', words).filter(source()))
    assert asked == ["see ABC, and then "]


def test_in_monitor_mode_everything_passes(words: Database) -> None:
    guard = Guard.from_text('mode = "monitor"\ndefault = "block"', words)
    assert both(guard, PIECES) == (PIECES, [])


def test_what_is_held_is_dropped_when_the_source_raises(words: Database) -> None:
    guard = Guard.from_text('default = "redact"', words)
    passed: list[str] = []

    def source() -> Iterator[str]:
        yield "see AB"
        raise KeyError("source")

    with pytest.raises(KeyError, match="source"):
        passed.extend(guard.filter(source()))

    async def asource() -> "AsyncGenerator[str, None]":
        yield "see AB"
        raise KeyError("source")

    async def main() -> None:
        async for piece in guard.astream(asource()):
            passed.append(piece)

    with pytest.raises(KeyError, match="source"):
        asyncio.run(main())
    assert not any("A" in piece for piece in passed)


def test_what_is_held_is_dropped_when_the_task_is_cancelled(words: Database) -> None:
    guard = Guard.from_text('default = "redact"', words)
    passed: list[str] = []
    reached: list[str] = []

    async def endless() -> "AsyncGenerator[str, None]":
        try:
            yield "see AB"
            reached.append("waits")
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            reached.append("cancelled")
            raise

    async def read() -> None:
        async for piece in guard.astream(endless()):
            passed.append(piece)

    async def main() -> None:
        task = asyncio.ensure_future(read())
        while not reached:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert reached == ["waits", "cancelled"]
    assert not any("A" in piece for piece in passed)


def test_an_iteration_may_be_left(words: Database) -> None:
    guard = Guard.from_text('default = "redact"', words)
    pieces = guard.filter(PIECES)
    assert next(pieces)
    pieces.close()
    assert list(pieces) == []

    async def main() -> None:
        pieces = guard.astream(later(PIECES))
        assert await pieces.__anext__()
        await pieces.aclose()
        assert [piece async for piece in pieces] == []

    asyncio.run(main())


def test_many_streams_run_at_once(words: Database) -> None:
    guard = Guard.from_text('default = "redact"', words)

    async def main() -> None:
        passed: "list[list[str]]" = [[] for _ in range(200)]
        await asyncio.gather(*(gathered(guard, PIECES, into) for into in passed))
        assert {"".join(pieces) for pieces in passed} == {REDACTED}

    asyncio.run(main())


def test_wrong_sources_are_refused_at_once(words: Database) -> None:
    guard = Guard.from_text("", words)
    for text in ("text", b"text"):
        with pytest.raises(TypeError, match="an iterable of pieces, not one text"):
            guard.filter(text)  # type: ignore[call-overload, arg-type, unused-ignore] # pyright: ignore
    with pytest.raises(TypeError):
        guard.filter(1)  # type: ignore[call-overload] # pyright: ignore
    with pytest.raises(TypeError, match="expected an asynchronous iterable, not list"):
        guard.astream(["text"])  # type: ignore[call-overload] # pyright: ignore
    with pytest.raises(TypeError, match="expected str or a bytes-like object, not int"):
        list(guard.filter([1]))  # type: ignore[list-item] # pyright: ignore
