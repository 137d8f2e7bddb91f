"""Runs the Rust bench and its NumPy twin and prints one table: what `make bench` calls.

python benches/run.py            both benches and the table (about three minutes)
python benches/run.py --smoke    everything once, for CI: does it run, do the results agree
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target")).resolve()
AGES = 101
SIZES = (1, 100, 5_000)
# Bytes of rates and flows one area takes in for one year: survival, fertility, sex ratio, migration.
BYTES_READ = 8 * (2 * (AGES + 1) + AGES + 1 + 2 * AGES)
# Bytes of stocks and flows it gives for one year: population, births, by age, woman-years, deaths, migration.
BYTES_WRITTEN = 8 * (2 * AGES + 2 + AGES + AGES + 2 * (AGES + 1) + 2 * AGES)
SETTINGS = {
    "shared_rates_folded": "shared rates, folded",
    "shared_rates_reused": "shared rates, arrays reused",
    "shared_rates": "shared rates, fresh arrays",
    "own_rates_reused": "own rates, arrays reused",
    "own_rates_kept": "own rates, all kept",
    "own_rates": "own rates, fresh arrays",
}

SELECTION = {
    "promethee2_linear": "PROMETHEE II, linear, 2,477 x 12",
    "promethee2_usual": "PROMETHEE II, usual, 2,477 x 12",
    "smaa": "SMAA, 2,477 x 12 x 10,000 draws",
    "smaa_183": "SMAA, 183 x 12 x 10,000 draws",
    "pairwise_winning_183": "pairwise winning, 183 x 12 x 10,000",
}

ROBUSTNESS = {
    "grid": "methods x normalisations x weights, 116 gminas",
    "acceptability": "selection acceptability, 116 x 6 x 2,000 draws",
    "perturbation": "errors in the values, 116 x 6 x 2,000 draws",
    "leave_one_out": "each criterion left out, 116 gminas",
}


def call(*command: str | Path, **options: object) -> subprocess.CompletedProcess:
    environment = {**os.environ, "CRITERION_HOME": str(TARGET / "criterion")}
    return subprocess.run(list(map(str, command)), cwd=HERE.parent, env=environment, check=True, **options)


def case(example: str, profile: str) -> Path:
    """What an example prints from Rust, for the twin to compare."""
    path = TARGET / f"bench_{example}.csv"
    TARGET.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        call("cargo", "run", "--quiet", "--profile", profile, "-p", "diagnoza-benches",
             "--example", example, stdout=file)  # fmt: skip
    return path


def checks(profile: str) -> list[str | Path]:
    """Options by which the twin compares its results with Rust's."""
    return [
        "--check", case("small_case", profile),
        "--check-lee-carter", case("lee_carter_case", profile),
        "--check-selection", case("selection_case", profile),
    ]  # fmt: skip


def per_element(bench: str) -> tuple[float, float]:
    """Fastest and median ns per byte, operation or area x year, from what criterion just wrote."""
    folder = TARGET / "criterion" / bench / "new"
    drawn, estimates, described = (
        json.loads((folder / f"{name}.json").read_text()) for name in ("sample", "estimates", "benchmark")
    )
    (elements,) = described["throughput"].values()
    fastest = min(time / count for time, count in zip(drawn["times"], drawn["iters"], strict=True))
    return fastest / elements, estimates["median"]["point_estimate"] / elements


def line(name: str, fastest: float, median: float, unit: str) -> None:
    print(f"{name:<56} {fastest:>10,.2f} {median:>10,.2f}  {unit}")


def table(numpy: dict[str, list[float]]) -> None:
    print(f"\n{'':<56} {'fastest':>10} {'median':>10}")
    for name, label, unit in (
        ("read", "machine: memory read", "GB/s"),
        ("read_write", "machine: memory read and written", "GB/s"),
        ("multiply_add", "machine: multiply-adds in registers", "GFLOP/s"),
    ):
        line(label, *(1.0 / ns for ns in per_element(f"machine/{name}")), unit)
    unit = "ns per area x year"
    read, both = (per_element(f"machine/{name}") for name in ("read", "read_write"))
    streamed = [BYTES_READ * ns for ns in read]
    # A line that is written to memory is read first.
    kept = [limit + 2 * BYTES_WRITTEN * ns for limit, ns in zip(streamed, both, strict=True)]
    line(f"machine: limit of own rates ({BYTES_READ:,} bytes read)", *streamed, unit)
    line(f"machine: limit of own rates, kept ({BYTES_WRITTEN:,} written)", *kept, unit)
    for setting, words in SETTINGS.items():
        for areas in SIZES:
            label = f"{words}, {areas:,} area{'s' * (areas > 1)}"
            figures = per_element(f"project/{setting}/{areas}")
            line(f"diagnoza: {label}", *figures, unit)
            if areas == SIZES[-1] and setting.startswith("own"):
                limit = kept if setting == "own_rates_kept" else streamed
                line("          times the limit", *(f / w for f, w in zip(figures, limit, strict=True)), "")
    for setting in ("shared_rates", "own_rates"):
        for areas in SIZES:
            label = f"{setting.replace('_', ' ')}, {areas:,} area{'s' * (areas > 1)}"
            line(f"NumPy:    {label}", *numpy[f"{setting}/{areas}"], unit)
            if blocks := numpy.get(f"{setting}/{areas}/blocks"):
                line(f"NumPy:    {label}, by 100", *blocks, unit)
    line("diagnoza: sum of 100 projections", *per_element("beside/sum/100"), unit)
    line("diagnoza: calibrate one area", *per_element("beside/calibrate/1"), unit)
    unit = "ns, Lee-Carter 101 ages x 57 years"
    for name in ("none", "dt", "dxt", "e0", "poisson", "forecast_31", "paths_100_x_31"):
        line(f"diagnoza: {name.replace('_', ' ')}", *per_element(f"lee_carter/{name}"), unit)
        if found := numpy.get(f"lee_carter/{name}"):
            line(f"NumPy:    {name}", *found, unit)
    for name in ("every_set", "most_diverse", "no_two_of_one_powiat", "quotas_only"):
        line(f"diagnoza: choice, {name.replace('_', ' ')}", *per_element(f"choose/{name}"), "ns per set of 48,048")
    line("NumPy:    choice, every set", *numpy["choose/every_set"], "ns per set of 48,048")
    line("diagnoza: life table of 101 ages", *per_element("life_table/from_mx"), "ns per table")
    for group, labels in (("selection", SELECTION), ("robustness", ROBUSTNESS)):
        for name, label in labels.items():
            line(f"diagnoza: {label}", *(ns / 1e6 for ns in per_element(f"{group}/{name}")), "ms")
            if found := numpy.get(f"{group}/{name}"):
                line(f"NumPy:    {label}", *(ns / 1e6 for ns in found), "ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true", help="run everything once and time nothing")
    smoke = parser.parse_args().smoke
    bench = ["cargo", "bench", "-p", "diagnoza-benches"]
    twin = [sys.executable, HERE / "numpy_twin.py"]
    if smoke:
        # The profile the tests were built with, so that CI compiles nothing twice.
        call(*bench, "--profile", "dev", "--", "--test")
        call(*twin, "--smoke", *checks("dev"))
        call(sys.executable, HERE / "numpy_choose.py", "--smoke")
        call(sys.executable, HERE / "numpy_robustness.py", "--smoke", "--check", case("robustness_case", "dev"))
        return
    call(*bench)
    figures = TARGET / "bench_numpy.json"
    call(*twin, *checks("release"), "--json", figures)
    chosen, robust = TARGET / "bench_numpy_choose.json", TARGET / "bench_numpy_robustness.json"
    call(sys.executable, HERE / "numpy_choose.py", "--json", chosen)
    checked = case("robustness_case", "release")
    call(sys.executable, HERE / "numpy_robustness.py", "--check", checked, "--json", robust)
    table({key: value for path in (figures, chosen, robust) for key, value in json.loads(path.read_text()).items()})


if __name__ == "__main__":
    main()
