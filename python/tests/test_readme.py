"""The README's Python and its commands run and give what it says; the Rust block is a doctest."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import polars as pl
import pytest

from diagnoza.cli import main

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def fences(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


COMMANDS = [line for block in fences("sh") for line in block.splitlines() if line.startswith("diagnoza ")]


def test_python_block_prints_what_the_readme_shows() -> None:
    (code,), (shown,) = fences("python"), fences("text")
    printed = io.StringIO()
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), names)
    assert printed.getvalue() == shown
    assert names["elcki"].code == "PL623"  # type: ignore[attr-defined]
    # GUS, projection of 2023, main variant: ełcki on 31 XII 2050
    assert "main: 228,942" in shown


def test_every_command_has_one_example() -> None:
    assert [shlex.split(command)[1] for command in COMMANDS] == [
        "project",
        "simulate",
        "backtest",
        "indicators",
        "template",
        "assess",
        "select",
        "explain",
        "robustness",
        "report",
        "data",
    ]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: shlex.split(command)[1])
def test_commands_run_and_write_their_output(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command)
    assert main(words[1:]) == 0
    if "--out" not in words:
        return
    out = tmp_path / words[words.index("--out") + 1]
    if out.suffix == ".csv":
        assert pl.read_csv(out, infer_schema_length=None).height > 0
    elif out.suffix == ".parquet":
        assert pl.read_parquet(out).height > 0
    elif out.suffix == ".xlsx":
        assert out.stat().st_size > 0
    else:
        written = {"select": "record.json", "robustness": "robustness.json"}.get(words[1], "index.html")
        assert (out / written).is_file()


def test_fences_other_than_rust_are_no_doctests() -> None:
    languages = re.findall(r"^```(\w*)$", README, flags=re.MULTILINE)
    opening = languages[::2]
    assert opening.count("rust") == 1 and opening.count("python") == 1
    assert set(opening) <= {"rust", "python", "sh", "text", "toml"} and not any(languages[1::2])


def test_files_and_folders_it_names_are_there() -> None:
    named = ["docs/subregions.py", "LICENSE-MIT", "LICENSE-APACHE"]
    named += re.findall(r"\]\((?!http)([^)#]+)\)", README)
    for folder in re.findall(r"^\| (`[^|]+`) \|", README, flags=re.MULTILINE):
        named += re.findall(r"`([^`]+)`", folder)
    assert "tests" in named and "docs/subregions.svg" in named
    for name in named:
        assert (ROOT / name).exists(), name
    assert len(README.splitlines()) < 165


def test_the_make_commands_it_names_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, flags=re.MULTILINE))
    assert {"demo", "test"} <= named <= targets
