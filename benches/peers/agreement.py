"""What two engines say of the same texts, family by family."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from families import Family
from scanners import OURS
from spans import Span, agree
from texts import Case

Found = Sequence[Sequence[Span]]


@dataclass
class Tally:
    """Texts by who reports, labelled values by who finds them, texts where a finding is wrong."""

    family: str
    both: int = 0
    # Both report, at places that do not agree.
    apart: int = 0
    ours_only: int = 0
    peer_only: int = 0
    labelled: int = 0
    found_both: int = 0
    found_ours: int = 0
    found_peer: int = 0
    found_none: int = 0
    excluded: int = 0
    wrong_ours: int = 0
    wrong_peer: int = 0
    # Labels of the values that only the peer finds, and that only we find.
    missed: Counter[str] = field(default_factory=Counter)
    gained: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Difference:
    """A text in which one of the two reports something alone. Holds no text."""

    source: str
    case: str
    family: str
    peer: str
    only: str
    spans: tuple[Span, ...]
    labelled: bool
    excluded: bool


def meets(value: tuple[int, int, str], spans: Sequence[Span]) -> bool:
    """Whether one of the spans agrees with a value: start, end and a name."""
    return any(agree((value[0], value[1]), (span.start, span.end)) for span in spans)


def compare(
    family: Family, peer: str, cases: Sequence[Case], ours: Found, theirs: Found
) -> tuple[Tally, list[Difference]]:
    """One family of one peer beside ours, over all texts."""
    tally = Tally(family.name)
    differences = []
    for case, all_first, all_second in zip(cases, ours, theirs):
        first = [span for span in all_first if family.has(OURS, span.kind)]
        second = [span for span in all_second if family.has(peer, span.kind)]
        expected = family.expected(case)
        excluded = family.excludes(case)
        count_texts(tally, first, second)
        count_values(tally, expected, first, second)
        if excluded:
            tally.excluded += 1
            tally.wrong_ours += bool(first)
            tally.wrong_peer += bool(second)
        if bool(first) != bool(second):
            only, spans = ("ours", first) if first else ("peer", second)
            difference = Difference(
                case.source,
                case.id,
                family.name,
                peer,
                only,
                tuple(spans),
                bool(expected),
                excluded,
            )
            differences.append(difference)
    return tally, differences


def count_texts(tally: Tally, first: Sequence[Span], second: Sequence[Span]) -> None:
    if first and second:
        if any(meets(span, second) for span in first):
            tally.both += 1
        else:
            tally.apart += 1
    elif first:
        tally.ours_only += 1
    elif second:
        tally.peer_only += 1


def count_values(
    tally: Tally,
    expected: Sequence[tuple[int, int, str]],
    first: Sequence[Span],
    second: Sequence[Span],
) -> None:
    for value in expected:
        tally.labelled += 1
        match meets(value, first), meets(value, second):
            case True, True:
                tally.found_both += 1
            case True, False:
                tally.found_ours += 1
                tally.gained[value[2]] += 1
            case False, True:
                tally.found_peer += 1
                tally.missed[value[2]] += 1
            case _:
                tally.found_none += 1


def same(
    cases: Sequence[Case], ours: Found, others: Found, keep: Sequence[str] | None
) -> Iterator[str]:
    """Texts in which two ways to call one engine differ; `keep`: prefixes of ids to look at."""
    for case, first, second in zip(cases, ours, others):
        kept = [span for span in first if keep is None or any(map(span.kind.startswith, keep))]
        if kept != list(second):
            yield case.id
