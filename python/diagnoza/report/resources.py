"""The section of a region's report on resources and needs: its assessment, and which units in it stand out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diagnoza.report.assessment import parts
from diagnoza.report.assessment_heat import Heat, counts, heat, main_peers
from diagnoza.report.assessment_words import word

if TYPE_CHECKING:
    import polars as pl

    from diagnoza.assessing import Assessment, Assessments
    from diagnoza.report.model import ReportData

__all__ = ["frames", "resources"]

_GMINAS: Final = 15
"""Gminas shown: those that stand out most; all are in the table beside the report."""


def resources(data: ReportData, lang: str) -> dict[str, Any] | None:
    """Return what the section prints, None without an assessment."""
    if data.resources is None:
        return None
    one = data.resources.units[data.region]
    # a region has no groups by kind or powiat: that needs no sentence
    found = parts(one, lang, unsaid={"only_gminas", "not_inside"})
    heats = _heats(list(data.resources), lang)
    missing = data.resources.gaps.height - len(one.record["gaps"])
    if missing:
        found["unknown"] = [*found["unknown"], word("section.gaps", lang, count=missing)]
    return {**found, "heats": heats, "inside": _inside(list(data.resources), lang)}


def _level(units: list[Assessment], level: str) -> list[Assessment]:
    return [one for one in units if one.record["level"] == level]


def _inside(units: list[Assessment], lang: str) -> str:
    """Return how many powiats and gminas stand out."""
    said = []
    for level in ("powiat", "gmina"):
        there = _level(units, level)
        if there:
            flagged = sum(any(counts(one)[:3]) for one in there)
            said.append(word(f"section.{level}", lang, flagged=flagged, all=len(there)))
    return word("section.inside", lang, parts="; ".join(said)) if said else ""


def _heats(units: list[Assessment], lang: str) -> list[Heat]:
    """Return all powiats, and the gminas that stand out most."""
    powiats, gminas = _level(units, "powiat"), _level(units, "gmina")
    made = []
    order = word("section.order", lang)
    if powiats:
        made.append(
            heat(
                sorted(powiats, key=_rank),
                lang,
                caption=word("section.powiats", lang, peers=_peers(powiats, lang)),
                note=order,
            )
        )
    flagged = [one for one in gminas if any(counts(one)[:3])]
    if flagged:
        chosen = sorted(flagged, key=_rank)[:_GMINAS]
        note = word("section.shown", lang, shown=len(chosen), flagged=len(flagged), all=len(gminas))
        caption = word("section.gminas", lang, peers=_peers(chosen, lang))
        made.append(heat(chosen, lang, caption=caption, note=note if powiats else f"{note} {order}", among=gminas))
    return made


def _peers(units: list[Assessment], lang: str) -> str:
    """Return the main peers in words; gminas of every kind among their own kind in one."""
    groups = {item["standings"][0]["peers"] for one in units for item in one.record["indicators"] if item["standings"]}
    return word("peers.kind", lang) if groups == {"kind"} else main_peers(units, lang)


def _rank(one: Assessment) -> tuple[int, int, str]:
    unfavourable, *rest = counts(one)[:3]
    return -unfavourable, -(unfavourable + sum(rest)), one.unit


def frames(assessed: Assessments, lang: str) -> dict[str, pl.DataFrame]:
    """Return the tables of the section by file name, texts in the language."""
    other = "en" if lang == "pl" else "pl"
    flags, gaps = assessed.flags, assessed.gaps
    return {
        "resources": assessed.frame(lang="pl" if lang == "pl" else "en"),
        "resources_flags": flags.drop(f"reason_{other}").rename({f"reason_{lang}": "reason"}),
        "resources_gaps": gaps.drop("reason", f"reason_{other}", f"label_{other}").rename(
            {f"reason_{lang}": "reason", f"label_{lang}": "label"}
        ),
    }
