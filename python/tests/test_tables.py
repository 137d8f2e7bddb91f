"""Embedded tables and borders."""

from __future__ import annotations

import subprocess
import sys

import pytest

import diagnoza as dg
from diagnoza.errors import InputError


def test_every_table_has_source_basis_date_and_hash() -> None:
    listed = dg.tables()
    assert listed.height >= 31
    for column in ("title_pl", "publisher", "date", "basis", "status", "sha256"):
        assert all(listed[column]), column
    for row in listed.filter(~listed["name"].str.starts_with("borders_")).rows(named=True):
        assert dg.table(row["name"]).height == row["rows"]


def test_an_unknown_table_suggests_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'register'"):
        dg.table("regster")


def test_borders_join_the_register() -> None:
    for level, count in (("powiat", 21), ("gmina", 116)):
        codes = {feature["properties"]["code"] for feature in dg.borders(level)["features"]}
        assert codes == set(dg.Gazetteer().select(f"{level}s:28")) and len(codes) == count


def test_the_exceptions_are_also_the_matching_built_ins() -> None:
    assert issubclass(dg.errors.InputError, ValueError)
    assert issubclass(dg.errors.UnknownUnitError, LookupError)
    with pytest.raises(LookupError):
        dg.region("2899")


def test_import_does_not_load_charts_or_frames() -> None:
    code = "import sys, diagnoza; print(sorted({'altair', 'polars', 'jinja2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
