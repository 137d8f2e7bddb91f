# /// script
# requires-python = ">=3.10"
# dependencies = ["numpy"]
# ///
"""The cohort-component step, Lee-Carter, PROMETHEE II and SMAA in NumPy: the twin of the Rust benches.

Same formulas for the synthetic areas (`src/synthetic.rs`), same stocks and flows given back,
same checks made. Areas are the last axis, so that every step works on contiguous memory. Lee-Carter is fitted
by LAPACK's singular value decomposition and, for `dt`, Newton steps on all years at once. The criteria of
PROMETHEE II and SMAA are those of `src/criteria.rs`.

    python numpy_twin.py [--smoke] [--check SMALL_CASE.csv] [--check-lee-carter CASE.csv]
                         [--check-selection CASE.csv] [--json OUT.json]
"""

import argparse
import csv
import json
import statistics
import time
from pathlib import Path

import numpy as np

STEPS, AGES, DISTINCT = 28, 101, 50
SIZES = (1, 100, 5_000)
BLOCK = 100  # areas at once in blocks: temporaries then stay in cache
TOLERANCE = 1e-9  # relative, against the Rust populations


def base(areas: np.ndarray) -> np.ndarray:
    """Stocks at the jump-off, `(2, A, areas)`."""
    sex, age = np.arange(2)[:, None, None], np.arange(AGES)[None, :, None]
    return (500 + (7 * (areas % DISTINCT) + 13 * sex + 29 * age) % 200) * (1.0 - age / 100.0)


def assumptions(areas: np.ndarray) -> dict[str, np.ndarray]:
    """Rates and flows: survival `(T, 2, A+1, areas)`, asfr `(T, A, areas)`, srb `(T, areas)`,
    migration `(T, 2, A, areas)`.
    """
    area = areas % DISTINCT
    step, sex = np.arange(STEPS)[:, None, None, None], np.arange(2)[None, :, None, None]
    position, age = np.arange(AGES + 1)[:, None], np.arange(AGES)[:, None]
    level = (1.0 - 0.005 * step) * (1.0 + 0.3 * sex) * (1.0 + 0.01 * (area % 7))
    shape = np.maximum((age - 15.0) * (49.0 - age) / 289.0, 0.0)
    phase = (area + 3 * step + 5 * sex + 7 * age) % 9
    return {
        "survival": np.exp(-4e-5 * level * np.exp(0.095 * position)),
        "asfr": np.repeat((0.06 * shape * (1.0 + 0.01 * (area % 5)))[None], STEPS, axis=0),
        "srb": np.full((STEPS, len(areas)), 1.06),
        "migration": np.where(age < 70, (phase - 4.0) / 4.0, 0.0),
    }


class Run:
    """Arrays for the results, made once and used by every repetition."""

    def __init__(self, areas: int):
        self.population = np.empty((STEPS + 1, 2, AGES, areas))
        self.births = np.empty((STEPS, 2, areas))
        self.births_by_age = np.empty((STEPS, AGES, areas))
        self.woman_years = np.empty((STEPS, AGES, areas))
        self.deaths = np.empty((STEPS, 2, AGES + 1, areas))
        self.migration = np.empty((STEPS, 2, AGES, areas))


def project(start: np.ndarray, rates: dict[str, np.ndarray], run: Run) -> None:
    """Projects all areas at once; migrants at the end of the year."""
    if not (np.isfinite(start).all() and (start >= 0.0).all()):
        raise ValueError("base: expected zero or more persons")
    run.population[0] = start
    run.migration[:] = rates["migration"]
    for t in range(STEPS):
        survival, before, after = rates["survival"][t], run.population[t], run.population[t + 1]
        np.multiply(before, 1.0 - survival[:, 1:], out=run.deaths[t, :, 1:])
        np.multiply(before[:, :-1], survival[:, 1:-1], out=after[:, 1:])
        after[:, -1] += before[:, -1] * survival[:, -1]
        after[:, 0] = 0.0
        np.add(before[0], after[0], out=run.woman_years[t])
        run.woman_years[t] /= 2.0
        np.multiply(rates["asfr"][t], run.woman_years[t], out=run.births_by_age[t])
        births = run.births_by_age[t].sum(axis=0)
        run.births[t, 0] = births / (1.0 + rates["srb"][t])
        run.births[t, 1] = births - run.births[t, 0]
        after[:, 0] = run.births[t] * survival[:, 0]
        run.deaths[t, :, 0] = run.births[t] - after[:, 0]
        after += run.migration[t]
        if (after < 0.0).any():
            raise ValueError(f"step {t}: net migration leaves fewer than nobody")
    stocks = run.population.sum(axis=2)
    flows = run.births - run.deaths.sum(axis=2) + run.migration.sum(axis=2)
    if (np.abs(np.diff(stocks, axis=0) - flows) > 1e-9 * np.maximum(stocks[:-1], 1.0)).any():
        raise ValueError("stocks and flows do not add up")


def check(small_case: Path) -> float:
    """Largest relative difference to the Rust populations; raises above the tolerance."""
    with small_case.open() as file:
        rows = [(*map(int, row[:4]), float(row[4])) for row in list(csv.reader(file))[1:]]
    areas = np.arange(1 + max(row[0] for row in rows))
    if len(rows) != (STEPS + 1) * 2 * AGES * len(areas):
        raise SystemExit(f"{small_case}: {len(rows)} rows, expected every step, sex and age of each area")
    run = Run(len(areas))
    project(base(areas), assumptions(areas), run)
    worst = max(
        abs(run.population[step, sex, age, area] - persons) / max(persons, 1.0)
        for area, step, sex, age, persons in rows
    )
    if not worst <= TOLERANCE:
        raise SystemExit(f"NumPy and Rust differ by {worst:e}, more than {TOLERANCE:e}")
    return worst


def blocks(areas: int, size: int) -> list[np.ndarray]:
    return [np.arange(first, min(first + size, areas)) for first in range(0, areas, size)]


def measure(areas: int, block: int, own: bool, repetitions: int) -> tuple[float, float]:
    """Fastest and median ns per area x year."""
    parts = blocks(areas, block)
    starts = [base(part) for part in parts]
    if own:
        distinct = assumptions(np.arange(min(areas, DISTINCT)))
        rates = [{name: values[..., part % DISTINCT] for name, values in distinct.items()} for part in parts]
        # Fancy indexing may leave another memory order: areas last, as the loops want it.
        rates = [{name: np.ascontiguousarray(values) for name, values in part.items()} for part in rates]
    else:
        rates = [assumptions(np.arange(1))] * len(parts)
    run = Run(len(parts[0]))
    times = []
    for _ in range(repetitions + 1):
        begin = time.perf_counter()
        for start, rate in zip(starts, rates, strict=True):
            project(start, rate, run)
        times.append(time.perf_counter() - begin)
    timed = times[1:] or times  # the first touches fresh memory
    return tuple(pick(timed) * 1e9 / (areas * STEPS) for pick in (min, statistics.median))


def surface() -> tuple[np.ndarray, np.ndarray]:
    """Rates and person-years of 101 ages x 57 years."""
    x, t = np.arange(101)[:, None], np.arange(57)[None, :]
    ripple = 0.05 * ((7 * x + 13 * t + x * t) % 23 - 11.0) / 11.0
    mx = np.exp(-9.0 + 0.085 * x - (0.025 - 0.0002 * x) * t + ripple)
    return mx, 4e5 * (1.0 - x / 102.0) + 1e3 * t


def lee_carter(mx: np.ndarray, exposure: np.ndarray, adjust: str) -> np.ndarray:
    """Index k of Lee-Carter; `adjust` is none or dt (deaths of every year matched)."""
    if not (np.isfinite(mx).all() and (mx > 0.0).all() and np.isfinite(exposure).all()):
        raise ValueError("expected rates above zero")
    log_mx = np.log(mx)
    ax = log_mx.mean(axis=1)
    u, d, vt = np.linalg.svd(log_mx - ax[:, None], full_matrices=False)
    total = u[:, 0].sum()
    bx, kt = u[:, 0] / total, d[0] * vt[0] * total
    if adjust == "none":
        return kt
    deaths = (mx * exposure).sum(axis=0)
    for _ in range(50):
        fitted = exposure * np.exp(ax[:, None] + bx[:, None] * kt)
        step = (fitted.sum(axis=0) - deaths) / (bx[:, None] * fitted).sum(axis=0)
        kt = kt - step
        if np.abs(step).max() < 1e-11:
            return kt
    raise ValueError("no k reproduces the deaths")


def check_lee_carter(case: Path) -> float:
    """Largest difference to the Rust indices; raises above the tolerance."""
    with case.open() as file:
        rows = np.array([[float(cell) for cell in row[1:]] for row in list(csv.reader(file))[1:]])
    found = np.column_stack([lee_carter(*surface(), adjust) for adjust in ("none", "dt")])
    worst = float(np.abs(found - rows).max())
    if not worst <= TOLERANCE:
        raise SystemExit(f"NumPy and Rust differ by {worst:e} in the index of Lee-Carter")
    return worst


def measure_lee_carter(adjust: str, repetitions: int) -> tuple[float, float]:
    """Fastest and median ns per fit."""
    mx, exposure = surface()
    times = []
    for _ in range(repetitions + 1):
        begin = time.perf_counter()
        lee_carter(mx, exposure, adjust)
        times.append(time.perf_counter() - begin)
    timed = times[1:] or times
    return min(timed) * 1e9, statistics.median(timed) * 1e9


def criteria(alternatives: int, count: int = 12) -> np.ndarray:
    """Values from 0 to 1, alternatives x criteria; every tenth row is a copy of the one before."""
    i, j = np.arange(alternatives), np.arange(count)[None, :]
    i = np.where(i % 10 == 9, i - 1, i)[:, None]
    return ((i * (373 + 58 * j) + 101 * j * j + (i * i) % 89) % 1_009) / 1_008


def promethee2(x: np.ndarray, q: float = 0.0503, p: float = 0.2507) -> np.ndarray:
    """Net flows by the linear function with equal weights, a criterion at a time for all pairs."""
    net = np.zeros(len(x))
    for column in x.T:
        preference = np.clip((column[:, None] - column[None, :] - q) / (p - q), 0.0, 1.0)
        net += preference.sum(axis=1) - preference.sum(axis=0)
    return net / x.shape[1] / (len(x) - 1)


def smaa(x: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """Counts of ranks, alternatives x ranks; exact ties share the best of their places."""
    counts = np.zeros((len(x), len(x)), dtype=np.uint32)
    place, first = np.arange(len(x)), np.ones(len(x), dtype=bool)
    for weights in draws:
        score = np.zeros(len(x))
        for column, weight in zip(x.T, weights, strict=True):
            score += weight * column
        order = np.argsort(-score)
        ordered = score[order]
        np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
        counts[order, np.maximum.accumulate(np.where(first, place, 0))] += 1
    return counts


def check_selection(case: Path) -> float:
    """Largest difference to the Rust flows and mean ranks; raises above the tolerance."""
    flows, ranks, *draws = (np.array(line.split(","), dtype=float) for line in case.read_text().splitlines())
    x = criteria(len(flows))
    mean_rank = smaa(x, np.array(draws)) @ (1.0 + np.arange(len(x))) / len(draws)
    worst = float(max(np.abs(promethee2(x) - flows).max(), np.abs(mean_rank - ranks).max()))
    if not worst <= TOLERANCE:
        raise SystemExit(f"NumPy and Rust differ by {worst:e} in a flow or a mean rank")
    return worst


def measure_selection(name: str, smoke: bool) -> tuple[float, float]:
    """Fastest and median ns of one run on 2,477 alternatives x 12 criteria, SMAA with 10,000 draws."""
    x = criteria(100 if smoke else 2_477)
    draws = np.random.default_rng(1).dirichlet(np.ones(x.shape[1]), size=10 if smoke else 10_000)
    times = []
    for _ in range(1 if smoke else 3):
        begin = time.perf_counter()
        if name == "smaa":
            smaa(x, draws)
        else:
            promethee2(x)
        times.append(time.perf_counter() - begin)
    return min(times) * 1e9, statistics.median(times) * 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true", help="smallest sizes, once: does it run at all")
    parser.add_argument("--check", type=Path, help="populations written by the Rust example small_case")
    parser.add_argument("--check-lee-carter", type=Path, help="indices written by the Rust example lee_carter_case")
    parser.add_argument("--check-selection", type=Path, help="results written by the Rust example selection_case")
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args()
    if options.check:
        print(f"NumPy {np.__version__} and Rust agree: largest relative difference {check(options.check):.1e}")
    if options.check_lee_carter:
        print(f"Lee-Carter: largest difference of an index {check_lee_carter(options.check_lee_carter):.1e}")
    if options.check_selection:
        print(f"Selection: largest difference of a flow or a rank {check_selection(options.check_selection):.1e}")
    figures: dict[str, tuple[float, float]] = {}
    for name in ("promethee2_linear", "smaa"):
        key = f"selection/{name}"
        figures[key] = measure_selection(name, options.smoke)
        print(f"numpy {key:<28} {figures[key][0] / 1e6:10,.1f} {figures[key][1] / 1e6:10,.1f} ms")
    for adjust in ("none", "dt"):
        key = f"lee_carter/{adjust}"
        figures[key] = measure_lee_carter(adjust, 0 if options.smoke else 200)
        print(f"numpy {key:<28} {figures[key][0]:10,.0f} {figures[key][1]:10,.0f} ns per fit")
    for areas in SIZES[:2] if options.smoke else SIZES:
        for setting, own in (("shared_rates", False), ("own_rates", True)):
            for name, block in (("", areas), ("/blocks", BLOCK)):
                if name and areas <= BLOCK:
                    continue
                repetitions = 0 if options.smoke else max(5, min(200, 20_000 // areas))
                key = f"{setting}/{areas}{name}"
                figures[key] = measure(areas, block, own, repetitions)
                print(f"numpy {key:<28} {figures[key][0]:10,.0f} {figures[key][1]:10,.0f} ns per area x year")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
