"""Execute the notebooks, in order, in a temporary copy.

Stored notebooks hold no outputs; this is the proof that they run. Exit code 0 if all pass, 1 if one fails
or is stored with outputs, 2 for wrong usage.

    python notebooks/run.py [--keep DIR]
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from ipykernel.kernelspec import write_kernel_spec
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError

FOLDER = Path(__file__).resolve().parent
SECONDS_PER_CELL = 300
KERNEL = "diagnoza"


def main() -> int:
    """Run every notebook and return the exit code."""
    parser = argparse.ArgumentParser(description="Execute the notebooks in a temporary copy.")
    parser.add_argument("--keep", metavar="DIR", type=Path, help="keep the executed copies in this folder")
    keep = parser.parse_args().keep
    if keep is not None:
        if keep.resolve() == FOLDER:
            parser.error("--keep must be another folder than that of the stored notebooks")
        keep.mkdir(parents=True, exist_ok=True)
    paths = sorted(FOLDER.glob("*.ipynb"))
    if not paths:
        print(f"no notebook in {FOLDER}", file=sys.stderr)
        return 1
    failed = 0
    with tempfile.TemporaryDirectory(prefix="diagnoza_notebooks_") as made:
        work = Path(made)
        kernels = work / "kernels"
        # A kernel of this very interpreter, whatever kernels are installed for the user.
        write_kernel_spec(kernels / KERNEL)
        for path in paths:
            started = time.monotonic()
            # Each in a folder of its own: none may live on files that another leaves behind.
            folder = work / path.stem
            folder.mkdir()
            copy = shutil.copy2(path, folder)
            problem = _stored_with_outputs(path) or _execute(Path(copy), kernels)
            if keep is not None:
                shutil.copy2(copy, keep / path.name)
            seconds = time.monotonic() - started
            print(f"{'FAILED' if problem else 'passed'}  {path.name}  {seconds:.1f} s", flush=True)
            if problem:
                failed += 1
                print(problem, file=sys.stderr)
    print(f"{len(paths) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _stored_with_outputs(path: Path) -> str | None:
    """Return what is wrong with the stored file: outputs, execution counts, or no notebook at all."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (nbformat.ValidationError, nbformat.reader.NotJSONError, OSError, UnicodeDecodeError) as error:
        return f"{path.name}: not a valid notebook: {error}"
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None):
            return (
                f"{path.name}: cell {number} ({cell.id}) is stored with outputs or an execution count: "
                "clear all outputs before saving"
            )
    return None


def _execute(path: Path, kernels: Path) -> str | None:
    """Execute a notebook in place and return what failed, with its cell."""
    notebook = nbformat.read(path, as_version=4)
    manager = AsyncKernelManager(kernel_name=KERNEL, kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(kernels)]))
    running = ["before the first cell"]
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=SECONDS_PER_CELL,
        # The kernel listens on this machine only; its warning that messages are not encrypted says nothing here.
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=lambda cell, cell_index: running.append(f"cell {cell_index + 1} ({cell.id})"),
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, RuntimeError) as error:
        return f"{path.name}: {running[-1]} failed\n{_plain(str(error)).rstrip()}"
    finally:
        nbformat.write(notebook, path)
    return None


def _plain(text: str) -> str:
    """Remove terminal colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


if __name__ == "__main__":
    sys.exit(main())
