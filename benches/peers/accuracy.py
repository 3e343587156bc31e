"""Ours and peers on the same cases, judged by the same rules.

    accuracy.py --cases FOLDER --out FOLDER

`--cases` is what `sluicegate-corpus adapt` wrote. Each peer is asked about the sets of its kind;
the program judges what it found (`eval --reported`) as it judges its own findings. Written are the
results as JSON and one table, `accuracy.md`. None of them holds a text.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

# The sets that each peer is for.
SETS = {
    "kingfisher": ["kingfisher", "noseyparker", "creddata"],
    "detect-secrets": ["kingfisher", "noseyparker", "creddata"],
    "presidio-all": [
        "presidio-tests",
        "presidio-tests-bare",
        "presidio-synth_v2",
        "python-stdnum",
        "python-stdnum-bare",
    ],
}
OURS = "sluicegate"


def evaluate(program: Path, cases: list[Path], classes: Path | None, more: list[str]) -> Any:
    known = [classes / f"{file.stem}.toml" for file in cases] if classes else []
    maps = [part for path in known if path.exists() for part in ("--classes", str(path))]
    out = more[-1]
    command = [str(program), "eval", *map(str, cases), *maps, "--json", out, *more[:-1]]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return json.loads(Path(out).read_text(encoding="utf-8"))


def share(estimate: Any) -> str:
    return "" if estimate is None else f"{estimate['value']:.3f}"


def row(engine: str, source: Any) -> str:
    total = source["total"]
    found = f"{total['found']} of {total['labelled']}"
    flagged = f"{source['flagged']} of {source['negatives']}"
    shares = " | ".join(share(total[name]) for name in ("recall", "precision", "f1"))
    return f"| {source['source']} | {engine} | {found} | {shares} | {flagged} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    program = Path(os.environ.get("SLUICEGATE_BINARY", "target/release/sluicegate"))
    asked.out.mkdir(parents=True, exist_ok=True)
    sets = sorted({name for names in SETS.values() for name in names})
    files = {name: asked.cases / f"{name}.jsonl" for name in sets}
    missing = [str(path) for path in files.values() if not path.exists()]
    if missing:
        raise SystemExit(f"no such cases: {', '.join(missing)}")
    rows: dict[str, list[str]] = {name: [] for name in sets}
    own = [str(asked.out / f"{OURS}.json")]
    for source in evaluate(program, list(files.values()), asked.cases / "classes", own)["sources"]:
        rows[source["source"]].append(row(OURS, source))
    for peer, names in SETS.items():
        chosen = [files[name] for name in names]
        folder = asked.out / peer
        script = Path(__file__).parent / "findings.py"
        subprocess.run([sys.executable, script, peer, *chosen, "--out", folder], check=True)
        found = [part for file in chosen for part in ("--reported", str(folder / file.name))]
        classes = folder / "classes"
        result = evaluate(program, chosen, classes, [*found, str(asked.out / f"{peer}.json")])
        for source in result["sources"]:
            rows[source["source"]].append(row(peer, source))
    head = "| source | engine | found | recall | precision | F1 | negatives flagged |"
    lines = [head, "|---|---|---|---|---|---|---|", *(one for name in sets for one in rows[name])]
    (asked.out / "accuracy.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
