"""Draw the figure of the README: the three subregions of Warmia-Mazury in GUS's three variants.

Run it as `.venv/bin/python docs/subregions.py`.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

import diagnoza as dg

SOURCE = "Source: GUS, population balance (2021 census) and projection of 2023, projected again by diagnoza."


def main() -> None:
    """Write subregions.svg beside this script."""
    frames = [dg.project("subregions:28", scenario=word).frame() for word in ("main", "low", "high")]
    title = "Population of the subregions of Warmia-Mazury, 2021-2050"
    chart = dg.plot.lines(pl.concat(frames), lang="en", columns=3, title=title)
    chart.title["subtitle"] = [*chart.title["subtitle"], SOURCE]
    print(dg.plot.save(chart, Path(__file__).with_suffix(".svg")))


if __name__ == "__main__":
    main()
