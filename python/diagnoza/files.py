"""Files that the user gives or is given: read whole, written whole, never over a file that is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from diagnoza.errors import InputError, ReadError

if TYPE_CHECKING:
    import os

__all__ = ["content_of", "html_file", "text_of", "write_new"]


def content_of(what: str, given: Any) -> tuple[str, Any]:
    """Return the name and bytes of a file, or a name and the frame itself."""
    if not isinstance(given, str | Path):
        if not hasattr(given, "__arrow_c_stream__"):
            raise InputError(
                f"{what} is a {type(given).__name__}: expected a path or a frame (polars, pandas, pyarrow)"
            )
        return f"{what} frame", given
    path = Path(given)
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        raise ReadError(f"{what} {path}: {error.strerror or error}") from error


def text_of(what: str, path: str | Path) -> tuple[str, str]:
    """Return the name and text of a UTF-8 file."""
    path = Path(path)
    try:
        return path.name, path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReadError(f"{what} {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{what} {path}: not UTF-8 at byte {error.start}") from error


def html_file(path: str | os.PathLike[str]) -> Path:
    """Return the path of a page to write.

    Raises:
        InputError: it does not end in .html.
    """
    target = Path(path)
    if target.suffix != ".html":
        raise InputError(f"{target.name!r}: a page is written to a file ending in .html")
    return target


def write_new(path: str | Path, text: str, *, encoding: str = "utf-8") -> Path:
    """Write a text to a file that is not there yet."""
    target = Path(path)
    try:
        with target.open("x", encoding=encoding, newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise InputError(f"{target} is there already: it may be filled in, choose another name") from error
    except OSError as error:
        raise InputError(f"{target}: {error.strerror or error}") from error
    return target
