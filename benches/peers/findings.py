"""What a peer finds in labelled cases, for `sluicegate eval --reported`.

    findings.py ENGINE CASES.jsonl... --out FOLDER

For each file of cases a file of the same name with a line for each case, in the form of
`scan --input-format jsonl`: the peer's kinds are written as classifiers `FAMILY.ENGINE.KIND`. For a
peer of personal data `classes/SOURCE.toml` says which of these stand for the classes of the labels:
by `families.toml`, and where a class has the name of a kind. Of secrets any will do, as with ours.
No text is in what is written.
"""

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path

from families import families, matches
from scanners import ready
from texts import Case, cases, source_of

# Which families a peer's kinds belong to; what it has beyond them is for other names.
FAMILIES = {"kingfisher": "secret", "detect-secrets": "secret"}


def classifier(engine: str, kind: str) -> str:
    family = FAMILIES.get(engine, "pii")
    name = re.sub(r"[^a-z0-9]+", "-", kind.lower()).strip("-")
    return f"{family}.{engine}.{name}"


def write_findings(engine: str, files: Sequence[Path], out: Path) -> dict[str, str]:
    """The kinds that were met, with the names they were given."""
    scanner = ready(engine)
    names: dict[str, str] = {}
    for file in files:
        found = list(cases(file))
        texts = [case.text for case in found]
        lines = []
        for case, raw in zip(found, scanner.scan(texts)):
            spans = sorted(set(scanner.spans(case.text, raw)))
            for span in spans:
                names[span.kind] = classifier(engine, span.kind)
            findings = [
                {"classifier": names[one.kind], "start": one.start, "end": one.end} for one in spans
            ]
            lines.append(json.dumps({"id": case.id, "findings": findings}))
        (out / file.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return names


def classes(engine: str, source: str, found: Sequence[Case], names: dict[str, str]) -> str:
    """A map of classes for `eval`: what of the peer stands for each class of a source."""
    labels = {span.kind for case in found for span in case.spans}
    labels |= {label for case in found for label in case.labels}
    kinds_of = engine.removesuffix("-all")
    lines = ["[class]"]
    for label in sorted(labels):
        accepted = {name for kind, name in names.items() if kind == label}
        for family in families():
            if matches(f"{source.removesuffix('-bare')}:{label}", family.labels):
                accepted |= {name for kind, name in names.items() if family.has(kinds_of, kind)}
        lines.append(f"{json.dumps(label)} = {{ ids = {json.dumps(sorted(accepted))} }}")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine")
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    names = write_findings(asked.engine, asked.cases, asked.out)
    if asked.engine in FAMILIES:
        return
    (asked.out / "classes").mkdir(exist_ok=True)
    for file in asked.cases:
        source = source_of(file)
        text = classes(asked.engine, source, list(cases(file)), names)
        (asked.out / "classes" / f"{source}.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
