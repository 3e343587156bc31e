"""One pass of one engine in a process of its own: `engine.py NAME SAMPLE OUT`."""

import gc
import json
import sys
import time
from pathlib import Path

from scanners import ready
from texts import cases

# Patterns that are compiled when they are first needed are compiled here.
WARM_UP = 100


def main() -> None:
    name, sample, out = sys.argv[1:]
    texts = [case.text for case in cases(Path(sample))]
    began = time.perf_counter_ns()
    scanner = ready(name)
    compiled = time.perf_counter_ns() - began
    scanner.prepare(texts[:WARM_UP])
    scanner.scan(texts[:WARM_UP])
    scanner.prepare(texts)
    gc.collect()
    began = time.perf_counter_ns()
    raw = scanner.scan(texts)
    taken = time.perf_counter_ns() - began
    if len(raw) != len(texts):
        raise RuntimeError(f"{name} answered for {len(raw)} of {len(texts)} texts")
    spans = [sorted(set(scanner.spans(text, one))) for text, one in zip(texts, raw)]
    row = {
        "engine": name,
        "version": scanner.version,
        "rules": scanner.rules,
        "ready_ns": compiled,
        "scan_ns": taken,
        "spans": spans,
    }
    Path(out).write_text(json.dumps(row), encoding="utf-8")


if __name__ == "__main__":
    main()
