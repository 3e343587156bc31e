"""The figures as tables."""

from collections.abc import Sequence
from typing import Any

SPEED = ("engine", "version", "rules", "texts/s, median", "of the rounds", "x slower than ours")
FAMILY = (
    "family", "both", "apart", "only ours", "only theirs",
    "labelled", "both find", "only we", "only they", "neither",
    "wrong of", "wrong: ours", "wrong: theirs",
)  # fmt: skip


def plain(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns by spaces: the first to the left, the others to the right."""
    table = [headings, *rows]
    widths = [max(len(row[at]) for row in table) for at in range(len(headings))]
    lines = []
    for row in table:
        first, *others = (
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths))
        )
        lines.append("  ".join([first, *others]).rstrip())
    return "\n".join(lines)


def markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    aligned = ["---", *("---:" for _ in headings[1:])]
    return "\n".join("| " + " | ".join(row) + " |" for row in [headings, aligned, *rows])


def speed_rows(engines: Sequence[dict[str, Any]]) -> list[list[str]]:
    ours = engines[0]["texts_per_s"]
    return [
        [
            row["engine"],
            row["version"],
            str(row["rules"]),
            f"{row['texts_per_s']:,}",
            ", ".join(f"{speed:,}" for speed in row["rounds"]),
            f"{ours / row['texts_per_s']:,.2f}",
        ]
        for row in engines
    ]


def family_rows(tallies: Sequence[dict[str, Any]]) -> list[list[str]]:
    keys = (
        "both", "apart", "ours_only", "peer_only", "labelled", "found_both", "found_ours",
        "found_peer", "found_none", "excluded", "wrong_ours", "wrong_peer",
    )  # fmt: skip
    return [[row["family"], *(str(row[key]) for key in keys)] for row in tallies]


def missed_rows(tallies: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Labels that only the peer finds, most first, each beside its family."""
    rows = [(row["family"], label, n) for row in tallies for label, n in row["missed"].items()]
    rows.sort(key=lambda row: (-row[2], row[0], row[1]))
    return [[family, label, str(count)] for family, label, count in rows]


def tables(figures: dict[str, Any], table: Any = plain, heading: str = "") -> str:
    """All tables, each below a line that names it."""
    parts = [
        f"{heading}{figures['texts']} texts of {figures['bytes']} bytes, seed {figures['seed']}, "
        f"one thread, load {figures['load']}\n",
        table(SPEED, speed_rows(figures["engines"])),
    ]
    for peer, tallies in figures["peers"].items():
        parts += [f"\n{heading}{peer}\n", table(FAMILY, family_rows(tallies))]
        missed = missed_rows(tallies)
        if missed:
            title = f"\n{heading}{peer}: labelled values that only it finds\n"
            parts += [title, table(("family", "label", "values"), missed)]
    return "\n".join(parts) + "\n"
