"""What the commands write: files whole or not at all, and lines for people."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from diagnoza.errors import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["file", "replace", "say", "write"]


def write(frame: pl.DataFrame, out: str | Path) -> None:
    """Write a frame in the form its file's ending names, whole or not at all."""
    import polars as pl

    path = Path(out)
    if path.suffix in {".csv", ".json"}:
        frame = frame.with_columns(
            pl.col(column).cast(pl.Int64)
            for column in frame.columns
            if frame[column].dtype == pl.Float64 and column == "population" and (frame[column] % 1 == 0).all()
        )
    if path.suffix == ".csv":
        content = frame.write_csv().encode()
    elif path.suffix == ".json":
        content = frame.write_json().encode() + b"\n"
    elif path.suffix == ".parquet":
        import io

        buffer = io.BytesIO()
        frame.write_parquet(buffer)
        content = buffer.getvalue()
    else:
        raise InputError(f"--out {path}: the ending must be .csv, .parquet or .json")
    replace(path, content)


def replace(path: Path, content: bytes) -> None:
    """Put content in place in one step."""
    folder = path.parent
    if not folder.is_dir():
        raise InputError(f"--out {path}: there is no folder {folder}")
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def say(*lines: str) -> None:
    """Print lines on standard output."""
    for line in lines:
        print(line)


def file(text: str) -> str:
    """Argument that names a table to write."""
    if Path(text).suffix not in {".csv", ".parquet", ".json"}:
        raise argparse.ArgumentTypeError(f"'{text}': the ending must be .csv, .parquet or .json")
    return text
