"""What an engine process is asked and what it answers, for engines in Python."""

import argparse
import json
import time
from pathlib import Path


def run(name, version, spans, note, compile_engine):
    """The whole of an engine process: measures and prints one line of JSON.

    `compile_engine()` gives the number of rules and a function that counts the matches in one
    piece of text. The list of patterns is not used: these engines bring rules of their own.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--patterns")
    parser.add_argument("--input", type=Path, required=True)
    parser.add_argument("--chunk", type=int, default=0)
    parser.add_argument("--reps", type=int, default=3)
    parser.add_argument("--model", choices=["scan", "latency"], default="scan")
    parser.add_argument("--threads", type=int, choices=[1], default=1)
    arguments = parser.parse_args()

    data = arguments.input.read_bytes()
    began = time.perf_counter_ns()
    rules, scan = compile_engine()
    compiled = time.perf_counter_ns() - began

    size = arguments.chunk or len(data) or 1
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    count = sum(map(scan, pieces))
    times, latencies = [], []
    for _ in range(max(arguments.reps, 1)):
        began = time.perf_counter_ns()
        if arguments.model == "latency":
            for piece in pieces:
                start = time.perf_counter_ns()
                scan(piece)
                latencies.append(time.perf_counter_ns() - start)
        else:
            for piece in pieces:
                scan(piece)
        times.append(time.perf_counter_ns() - began)
    times.sort()
    latencies.sort()

    def speed(nanos):
        return len(data) * 1_000_000_000 // max(nanos, 1)

    def percentile(percent):
        return latencies[(len(latencies) - 1) * percent // 100] if latencies else None

    print(
        json.dumps(
            {
                "engine": name,
                "version": version,
                "model": arguments.model,
                "rules": rules,
                "refused": 0,
                "bytes": len(data),
                "chunk": arguments.chunk,
                "threads": 1,
                "reps": len(times),
                "count": count,
                "spans": spans,
                "compile_ms": compiled / 1e6,
                "load_ms": None,
                "best_bytes_per_s": speed(times[0]),
                "median_bytes_per_s": speed(times[len(times) // 2]),
                "p50_ns": percentile(50),
                "p99_ns": percentile(99),
                "note": note,
            }
        )
    )
