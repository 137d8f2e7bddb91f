# /// script
# requires-python = ">=3.10"
# dependencies = ["numpy"]
# ///
"""The exact choice in NumPy: the twin of `benches/choose.rs`, on the same synthetic gminas.

Score and smallest difference of income of all 48,048 sets at once, one array element per set.

    python numpy_choose.py [--smoke] [--json OUT.json]
"""

import argparse
import itertools
import json
import statistics
import time
from pathlib import Path

import numpy as np

STRATA = ((8, 1), (12, 2), (14, 2))
GMINAS = sum(gminas for gminas, _ in STRATA)
INCOMES = np.array([2_000.0 + i * 7_919 % 2_003 for i in range(GMINAS)])
SCORES = np.array([i * 613 % 1_009 / 1_009.0 for i in range(GMINAS)])


def sets() -> np.ndarray:
    """Every set, one row of five positions."""
    first, ways = 0, []
    for gminas, places in STRATA:
        ways.append(list(itertools.combinations(range(first, first + gminas), places)))
        first += gminas
    return np.array([sum(parts, ()) for parts in itertools.product(*ways)])


def every_set(rows: np.ndarray) -> tuple[float, float]:
    """Highest score and largest smallest difference."""
    gaps = np.diff(np.sort(INCOMES[rows], axis=1), axis=1).min(axis=1)
    return float(SCORES[rows].sum(axis=1).max()), float(gaps.max())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true", help="once: does it run at all")
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args()
    rows = sets()
    if len(rows) != 48_048:
        raise SystemExit(f"{len(rows)} sets instead of 48,048")
    print("numpy best score and gap:", every_set(rows))
    times = []
    for _ in range(1 if options.smoke else 30):
        start = time.perf_counter_ns()
        every_set(rows)
        times.append((time.perf_counter_ns() - start) / len(rows))
    figures = {"choose/every_set": (min(times), statistics.median(times))}
    print(f"numpy choose/every_set {figures['choose/every_set'][0]:.2f} ns per set, the sets listed beforehand")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
