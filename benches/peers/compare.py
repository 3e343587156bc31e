"""The same texts through our engine and its peers: `compare.py --texts FOLDER --out FOLDER`.

Each engine runs in a process of its own, once in each round, so that a slow spell of the machine
meets all of them. No text and no value is in what is written, but for the sample itself.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median_low
from typing import Any

import agreement
import report
from families import Family, families
from scanners import MODULES, OURS, PARTS, SAME, folders
from spans import Span
from texts import Case, files, sample


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engines", nargs="+", choices=list(MODULES), default=list(MODULES))
    return parser.parse_args()


def one_pass(name: str, chosen: Path, out: Path) -> dict[str, Any]:
    program = Path(__file__).parent / "engine.py"
    answer = out / f"{name}.json"
    subprocess.run([sys.executable, program, name, chosen, answer], check=True)
    row: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    row["spans"] = [[Span(*span) for span in spans] for spans in row["spans"]]
    return row


def measure(names: Sequence[str], rounds: int, chosen: Path, out: Path) -> dict[str, Any]:
    """Each engine's answer, with the time of every round."""
    answers: dict[str, Any] = {}
    for number in range(rounds):
        for name in names:
            print(f"round {number + 1} of {rounds}: {name}", file=sys.stderr)
            row = one_pass(name, chosen, out)
            first = answers.setdefault(name, row)
            if first["spans"] != row["spans"]:
                raise RuntimeError(f"{name} found something else in round {number + 1}")
            first.setdefault("times", []).append(row["scan_ns"])
    return answers


def engine_row(name: str, answer: dict[str, Any], texts: int) -> dict[str, Any]:
    speeds = [texts * 1_000_000_000 // max(time, 1) for time in answer["times"]]
    return {
        "engine": name,
        "version": answer["version"],
        "rules": answer["rules"],
        "ready_ms": answer["ready_ns"] // 1_000_000,
        "texts_per_s": median_low(speeds),
        "rounds": speeds,
        "findings": sum(map(len, answer["spans"])),
    }


def tally_row(tally: agreement.Tally) -> dict[str, Any]:
    row = asdict(tally)
    for key, labels in ("missed", tally.missed), ("gained", tally.gained):
        row[key] = dict(sorted(labels.items(), key=lambda item: (-item[1], item[0])))
    return row


def check_same(cases: Sequence[Case], answers: dict[str, Any]) -> None:
    """One catalogue gives one answer, by whatever way it is asked."""
    for name in (*SAME, *PARTS):
        if name in answers:
            keep = [f"{family}." for family in folders(name)] if name in PARTS else None
            spans, others = answers[OURS]["spans"], answers[name]["spans"]
            differing = list(agreement.same(cases, spans, others, keep))
            if differing:
                raise RuntimeError(f"{name} differs in {len(differing)} texts: {differing[0]}")


def figures(
    cases: Sequence[Case], answers: dict[str, Any], table: Sequence[Family]
) -> tuple[dict[str, Any], list[agreement.Difference]]:
    peers: dict[str, Any] = {}
    differences = []
    for peer in (name for name in answers if name not in (OURS, *SAME, *PARTS)):
        peers[peer] = []
        for family in (family for family in table if peer in family.kinds):
            spans, theirs = answers[OURS]["spans"], answers[peer]["spans"]
            tally, found = agreement.compare(family, peer, cases, spans, theirs)
            peers[peer].append(tally_row(tally))
            differences += found
    engines = [engine_row(name, answer, len(cases)) for name, answer in answers.items()]
    return {"engines": engines, "peers": peers}, differences


def main() -> None:
    asked = arguments()
    if not files(asked.texts):
        print(f"no texts in {asked.texts}: nothing is compared", file=sys.stderr)
        return
    asked.out.mkdir(parents=True, exist_ok=True)
    cases = sample(asked.texts, asked.count, asked.seed)
    chosen = asked.out / "sample.jsonl"
    chosen.write_text("".join(f"{case.line()}\n" for case in cases), encoding="utf-8")

    load = os.getloadavg()[0]
    names = [OURS, *(name for name in asked.engines if name != OURS)]
    answers = measure(names, asked.rounds, chosen, asked.out)
    check_same(cases, answers)
    found, differences = figures(cases, answers, families())
    result = {
        "texts": len(cases),
        "bytes": sum(len(case.text.encode()) for case in cases),
        "seed": asked.seed,
        "sources": sorted({case.source for case in cases}),
        "load": f"{load:.2f}",
        **found,
    }
    (asked.out / "figures.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    tables = report.tables(result, report.markdown, "## ")
    (asked.out / "figures.md").write_text(tables, encoding="utf-8")
    with (asked.out / "differences.jsonl").open("w", encoding="utf-8") as file:
        for difference in differences:
            file.write(json.dumps(asdict(difference)) + "\n")
    print(report.tables(result))


if __name__ == "__main__":
    main()
