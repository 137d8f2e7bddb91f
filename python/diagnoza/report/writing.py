"""The report as a folder: the page, its tables, and a list of files with their hashes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from diagnoza.errors import InputError
from diagnoza.labels import check_lang
from diagnoza.report.page import build
from diagnoza.report.workbook import gathered, workbook

if TYPE_CHECKING:
    from diagnoza.report.model import ReportData

__all__ = ["write"]

_MANIFEST: Final = "files.json"
_KIND: Final = "diagnoza report"


def write(data: ReportData, out_dir: str | os.PathLike[str], lang: str = "pl") -> Path:
    """Write ``index.html``, ``tables.xlsx``, ``tables/*.csv``, ``tables/*.parquet`` and ``files.json``.

    The folder appears whole or not at all: it is written beside its place and then renamed. An empty folder
    or an earlier report is replaced; any other folder is left alone.

    Args:
        data: what the report is made of.
        out_dir: the folder to make; the folder above it must exist.
        lang: ``"pl"`` or ``"en"``.

    Returns:
        The path of ``index.html``.

    Raises:
        InputError: if `out_dir` cannot be made or holds something else, or `data` lacks what is needed.
    """
    check_lang(lang)
    target = Path(out_dir).absolute()
    _require_free(target)
    files = _files(data, lang)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    manifest = {"kind": _KIND, "version": data.version, "date": data.date, "lang": lang, "sha256": hashes}
    files[_MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        fresh = beside / "new"
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if target.exists():
            os.rename(target, beside / "old")
            try:
                os.rename(fresh, target)
            except OSError:
                os.rename(beside / "old", target)
                raise
        else:
            os.rename(fresh, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return target / "index.html"


def _require_free(target: Path) -> None:
    if not target.parent.is_dir():
        raise InputError(f"the folder {str(target.parent)!r} does not exist: make it first")
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError(f"{str(target)!r} is a file: name a folder for the report")
    if any(target.iterdir()) and not _is_report(target):
        raise InputError(f"the folder {str(target)!r} holds other files: name an empty or a new one")


def _is_report(folder: Path) -> bool:
    """Return whether a folder holds an earlier report and nothing else."""
    try:
        found = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        known = {_MANIFEST, *found["sha256"]} if found["kind"] == _KIND else set()
    except (OSError, ValueError, KeyError, TypeError):
        return False
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return there <= known


def _files(data: ReportData, lang: str) -> dict[str, bytes]:
    tables = gathered(data, lang)
    files = {"index.html": build(data, lang=lang).encode(), "tables.xlsx": workbook(data, tables, lang)}
    for name, frame in tables.items():
        files[f"tables/{name}.csv"] = frame.write_csv().encode()
        buffer = io.BytesIO()
        frame.write_parquet(buffer, compression="zstd", statistics=False)
        files[f"tables/{name}.parquet"] = buffer.getvalue()
    return files
