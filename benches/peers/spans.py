"""What an engine reports of a text, in bytes of its UTF-8."""

from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    start: int
    end: int
    kind: str


def in_bytes(text: str, spans: list[Span]) -> list[Span]:
    """Spans counted in code points, as spans in bytes."""
    if text.isascii() or not spans:
        return spans
    at = list(accumulate((len(character.encode()) for character in text), initial=0))
    return [Span(at[span.start], at[span.end], span.kind) for span in spans]


def agree(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two spans share half of the shorter one or more."""
    shared = min(first[1], second[1]) - max(first[0], second[0])
    shorter = min(first[1] - first[0], second[1] - second[0])
    return shared > 0 and 2 * shared >= shorter
