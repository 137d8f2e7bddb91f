# /// script
# requires-python = ">=3.10"
# dependencies = ["numpy"]
# ///
"""Selection acceptability in NumPy: the twin of `benches/robustness.rs`, on the same synthetic gminas.

Scores of all draws at once, then the places of each stratum; gminas tied across a quota share its places.

    python numpy_robustness.py [--smoke] [--check CASE.csv] [--json OUT.json]
"""

import argparse
import json
import statistics
import time
from pathlib import Path

import numpy as np
from numpy_twin import TOLERANCE, criteria

STRATA = ((42, 2), (45, 2), (29, 1))
GMINAS = sum(gminas for gminas, _ in STRATA)
CRITERIA = 6


def acceptability(draws: np.ndarray) -> np.ndarray:
    """Mean share of the optimal sets that hold each gmina."""
    x = criteria(GMINAS, CRITERIA)
    z = (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))
    scores = np.zeros((len(draws), GMINAS))
    # A criterion at a time, so that equal rows have equal bits.
    for column, weights in zip(z.T, draws.T, strict=True):
        scores += weights[:, None] * column
    first, shares = 0, np.zeros(GMINAS)
    for gminas, places in STRATA:
        own = scores[:, first : first + gminas]
        last = np.partition(own, gminas - places, axis=1)[:, gminas - places, None]
        above, level = own > last, own == last
        open_places = places - above.sum(axis=1, keepdims=True)
        shares[first : first + gminas] = (above + level * open_places / level.sum(axis=1, keepdims=True)).mean(axis=0)
        first += gminas
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true", help="once: does it run at all")
    parser.add_argument("--check", type=Path, help="results written by the Rust example robustness_case")
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args()
    if options.check:
        lines = [np.array(line.split(","), dtype=float) for line in options.check.read_text().splitlines()]
        worst = float(np.abs(acceptability(np.array(lines[1:])) - lines[0]).max())
        if not worst <= TOLERANCE:
            raise SystemExit(f"NumPy and Rust differ by {worst:e} in a selection acceptability")
        print(f"Robustness: largest difference of an acceptability {worst:.1e}")
    times = []
    generator = np.random.default_rng(1)
    for _ in range(1 if options.smoke else 20):
        start = time.perf_counter_ns()
        acceptability(generator.dirichlet(np.ones(CRITERIA), size=2_000))
        times.append(time.perf_counter_ns() - start)
    figures = {"robustness/acceptability": (min(times), statistics.median(times))}
    print(f"numpy robustness/acceptability {min(times) / 1e6:10,.2f} ms")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
