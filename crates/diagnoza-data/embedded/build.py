"""Builds the embedded tables and their manifest from the offices' files.

    python build.py ../shared/data            writes *.parquet, *.geojson and manifest.json beside this file
    python build.py ../shared/data --check    builds again and compares byte by byte; writes nothing

The same sources and the same polars give the same bytes: rows are sorted, the writer's settings are fixed.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
from pathlib import Path

import polars as pl
from tables import all_tables
from tables.table import Table

HERE = Path(__file__).resolve().parent
MANIFEST = "manifest.json"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def file_bytes(table: Table) -> bytes:
    """The file of a table; one row group, so that a table is read in one piece."""
    if table.text is not None:
        return table.text.encode("utf-8")
    buffer = io.BytesIO()
    table.frame.write_parquet(
        buffer, compression="zstd", compression_level=19, statistics=False, row_group_size=max(table.frame.height, 1)
    )
    return buffer.getvalue()


def entry(table: Table, content: bytes) -> dict:
    """What the manifest says of a table."""
    types = {} if table.frame is None else {c: str(t).lower() for c, t in table.frame.schema.items()}
    nulls = set() if table.frame is None else {c.name for c in table.frame if c.null_count()}
    return {
        "name": table.name,
        "file": table.file,
        "title": {"pl": table.title_pl, "en": table.title_en},
        "publisher": table.publisher,
        "publication": table.publication,
        "date": table.date,
        "basis": table.basis,
        "licence": table.licence,
        "status": table.status,
        "columns": [
            {"name": c, "type": types.get(c, "text"), "unit": unit, "description": what, "nullable": c in nulls}
            for c, (unit, what) in table.columns.items()
        ],
        "rows": table.rows if table.frame is None else table.frame.height,
        "sha256": sha256(content),
        "sources": [{"file": s.name, "sha256": sha256(s.read_bytes())} for s in table.sources],
    }


def build(sources: Path) -> dict[str, bytes]:
    """Every file of the data set by its name."""
    files, entries = {}, []
    for table in all_tables(sources):
        if table.file in files:
            raise ValueError(f"two tables are called {table.name}")
        files[table.file] = file_bytes(table)
        entries.append(entry(table, files[table.file]))
    manifest = {"polars": pl.__version__, "tables": entries}
    files[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    return files


def stored() -> dict[str, bytes]:
    """The files that lie beside this script."""
    paths = [p for p in HERE.iterdir() if p.suffix in (".parquet", ".geojson") or p.name == MANIFEST]
    return {p.name: p.read_bytes() for p in paths}


def main() -> int:
    parser = argparse.ArgumentParser(description="build the embedded data set")
    parser.add_argument("sources", type=Path, help="folder of the offices' files")
    parser.add_argument("--check", action="store_true", help="compare with the files stored, write nothing")
    arguments = parser.parse_args()
    if not arguments.sources.is_dir():
        print(f"no folder {arguments.sources}: give the folder that holds gus_projection_2023_2060/", file=sys.stderr)
        return 2
    files, before = build(arguments.sources), stored()
    different = sorted(name for name in files.keys() | before.keys() if files.get(name) != before.get(name))
    if arguments.check:
        for name in different:
            print(f"{name}: stored file and rebuilt file differ", file=sys.stderr)
        print(f"{len(files) - len(different)} of {len(files)} files rebuilt to the same bytes")
        return 1 if different else 0
    for name in before.keys() - files.keys():
        (HERE / name).unlink()
    for name, content in files.items():
        (HERE / name).write_bytes(content)
    print(f"{len(files)} files, {sum(map(len, files.values())):,} bytes, {len(different)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
