"""Iteration over what a guard's stream passes on of a source."""

from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable
from typing import Any

from ._errors import Blocked
from ._sluicegate import GuardStream


def filter(stream: GuardStream, source: Iterable[Any]) -> Generator[Any, None, None]:
    """What may be passed on of the pieces of a source."""
    # Leaving the stream early, by whatever raises here or in the source, drops what it holds.
    with stream:
        for piece in source:
            if passed := stream.push(piece):
                yield passed
            if stream.stopped:
                break
        if rest := stream.finish():
            yield rest
    _raise_where_blocked(stream)


async def astream(stream: GuardStream, source: AsyncIterable[Any]) -> AsyncGenerator[Any, None]:
    """The same for an asynchronous source."""
    with stream:
        async for piece in source:
            if passed := stream.push(piece):
                yield passed
            if stream.stopped:
                break
        if rest := stream.finish():
            yield rest
    _raise_where_blocked(stream)


def _raise_where_blocked(stream: GuardStream) -> None:
    if stream.verdict.action == "block":
        raise Blocked(stream.verdict)
