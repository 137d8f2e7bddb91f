"""Charts as files: SVG and PNG drawn here, without browser and without network."""

from __future__ import annotations

import html
import json
import os
import tempfile
from pathlib import Path
from typing import Any, Final

from diagnoza.errors import DiagnozaError, InputError

__all__ = ["save", "to_svg"]

_ENDINGS: Final = (".svg", ".png", ".html", ".json")


def _specification(chart: Any) -> dict[str, Any]:
    if not hasattr(chart, "to_dict"):
        raise InputError(f"a chart of diagnoza.plot is needed, not a {type(chart).__name__}")
    # the chart was checked part by part when it was made; checking the whole again costs seconds
    made: dict[str, Any] = chart.to_dict(validate=False)
    return made


def to_svg(chart: Any) -> str:
    """Render a chart to the text of an SVG image (UTF-8, real text, no scripts).

    Raises:
        InputError: if `chart` is not an Altair chart.
        DiagnozaError: if it cannot be rendered; the message is the renderer's.
    """
    import vl_convert

    specification = _specification(chart)
    try:
        return vl_convert.vegalite_to_svg(specification, allowed_base_urls=[])
    except Exception as error:
        raise DiagnozaError(f"the chart could not be drawn: {error}") from error


def _content(chart: Any, ending: str, scale: float) -> bytes:
    import vl_convert

    if ending == ".json":
        return json.dumps(_specification(chart), ensure_ascii=False, indent=1, sort_keys=True).encode()
    if ending == ".svg":
        return to_svg(chart).encode()
    if ending == ".png":
        specification = _specification(chart)
        try:
            return vl_convert.vegalite_to_png(specification, scale=scale, allowed_base_urls=[])
        except Exception as error:
            raise DiagnozaError(f"the chart could not be drawn: {error}") from error
    title = _specification(chart).get("title", "")
    text = title.get("text", "") if isinstance(title, dict) else title
    name = html.escape(" ".join(text) if isinstance(text, list) else str(text))
    head = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{name}</title></head>\n'
    page = f"{head}<body>{to_svg(chart)}</body></html>\n"
    return page.encode()


def save(chart: Any, path: str | os.PathLike[str], *, scale: float = 2) -> Path:
    """Write a chart to `path`; the ending says how.

    ``.svg`` and ``.png`` are images, ``.html`` is one page with the image in it and no script, ``.json`` is
    the Vega-Lite specification. The file appears whole or not at all: it is written beside its place and
    then moved there.

    Args:
        chart: a chart made by this package, or any Altair chart.
        path: where to; its folder must exist.
        scale: pixels of the PNG per unit of the chart; 2 is sharp in print at half a page.

    Returns:
        The path written.

    Raises:
        InputError: if the ending is another, the folder is missing or `scale` is not positive.
        DiagnozaError: if the chart cannot be rendered.
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in _ENDINGS:
        raise InputError(f"{target.name!r} ends in {ending or 'nothing'!r}: use one of {', '.join(_ENDINGS)}")
    if not target.parent.is_dir():
        raise InputError(f"the folder {str(target.parent)!r} does not exist: make it first")
    if not scale > 0:
        raise InputError(f"scale={scale!r} must be above 0")
    content = _content(chart, ending, scale)
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes a private file; a chart is meant to be passed on.
        os.chmod(beside, 0o644)
        os.replace(beside, target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return target
