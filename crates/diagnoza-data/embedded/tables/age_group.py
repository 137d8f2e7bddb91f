"""Age groups as GUS and Eurostat write them, as first and last age."""

import re

import polars as pl

SCHEMA = {"group": pl.String, "age_from": pl.Int32, "age_to": pl.Int32}
# First and last age differ by sex: GUS's working ages end at 59 for women and 64 for men.
MIXED = {"18-59/64", "45-59/64", "60+/65+"}


def limits(group: str) -> tuple[int | None, int | None]:
    """First and last age of `7`, `15-19`, `90+`, `<20` or `TOTAL`; None where there is no single one."""
    if group == "TOTAL":
        return 0, None
    if group in MIXED:
        return (18, None) if group.startswith("18") else (45, None) if group.startswith("45") else (None, None)
    if match := re.fullmatch(r"(\d+)", group):
        return int(match[1]), int(match[1])
    if match := re.fullmatch(r"(\d+)-(\d+)", group):
        return int(match[1]), int(match[2])
    if match := re.fullmatch(r"(\d+)\+", group):
        return int(match[1]), None
    if match := re.fullmatch(r"<(\d+)", group):
        return 0, int(match[1]) - 1
    raise ValueError(f"'{group}' is not an age group")


def eurostat_group(age: str) -> str:
    """`Y_LT5` is 0-4, `Y_GE90` is 90+, `Y15-64` is 15-64, `Y15` is 15, `TOTAL` stays."""
    if age == "TOTAL":
        return age
    if match := re.fullmatch(r"Y_LT(\d+)", age):
        return f"0-{int(match[1]) - 1}"
    if match := re.fullmatch(r"Y_GE(\d+)", age):
        return f"{match[1]}+"
    if match := re.fullmatch(r"Y(\d+(?:-\d+)?)", age):
        return match[1]
    raise ValueError(f"'{age}' is not an age of Eurostat")


def with_limits(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds `age_from` and `age_to` to a frame that has `group`."""
    groups = frame["group"].unique().sort().to_list()
    known = pl.DataFrame([(g, *limits(g)) for g in groups], schema=SCHEMA, orient="row")
    return frame.join(known, on="group", how="left", maintain_order="left")
