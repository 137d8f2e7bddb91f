"""What a page of a selection may show, in one language: names, values, and what disclosure keeps back."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from diagnoza.labels import Lang, distinct_names, format_number
from diagnoza.report.selection_rule_words import unit_word
from diagnoza.report.selection_words import listed, word
from diagnoza.strata import powiat_name, stratum_name

if TYPE_CHECKING:
    from diagnoza.selecting import Selection

__all__ = ["View", "decimals_of", "plain", "sets_text"]


@dataclass(frozen=True)
class View:
    """A selection as a page in `lang` shows it."""

    selection: Selection
    lang: Lang

    @cached_property
    def record(self) -> dict[str, Any]:
        """The decision record."""
        return self.selection.record

    @property
    def spec(self) -> dict[str, Any]:
        """The specification."""
        found: dict[str, Any] = self.record["spec"]
        return found

    @property
    def result(self) -> dict[str, Any]:
        """The result."""
        found: dict[str, Any] = self.record["result"]
        return found

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """The criteria as they were used."""
        found: list[dict[str, Any]] = self.result["criteria"]
        return found

    @cached_property
    def publication(self) -> dict[str, Any] | None:
        """The view for publication; None if the specification keeps nothing back."""
        return self.selection.publication() if self.spec["disclosure"] else None

    @property
    def hides(self) -> bool:
        """Whether some value is kept back: then nothing is shown that it could be worked out from."""
        return bool(self.publication and self.publication["suppressed"])

    @cached_property
    def names(self) -> dict[str, str]:
        """A name for every gmina of the frame that no other shares."""
        return distinct_names([(code, reason["name"]) for code, reason in self.result["reasons"].items()], self.lang)

    @cached_property
    def strata(self) -> list[dict[str, Any]]:
        """Strata with their rows; where values are kept back, in the order and with the ranks of the publication."""
        found: list[dict[str, Any]] = self.result["strata"]
        if not (self.publication and self.hides):
            return found
        full = {row["code"]: row for stratum in found for row in stratum["rows"]}
        return [
            {
                **stratum,
                "rows": [{**full[row["code"]], "rank": row["rank"], "place": row["place"]} for row in shown["rows"]],
            }
            for stratum, shown in zip(found, self.publication["strata"], strict=True)
        ]

    @cached_property
    def kept_back(self) -> frozenset[str]:
        """Codes of the gminas with a value that is kept back."""
        rows = [row for stratum in (self.publication or {"strata": []})["strata"] for row in stratum["rows"]]
        return frozenset(row["code"] for row in rows if any(one["shown"] == "suppressed" for one in row["values"]))

    @cached_property
    def rows(self) -> dict[str, dict[str, Any]]:
        """Rows of the rankings by code."""
        return {row["code"]: row for stratum in self.strata for row in stratum["rows"]}

    @cached_property
    def chosen(self) -> list[str]:
        """Codes of the chosen, by stratum and rank."""
        certain = set(self.result["chosen"])
        return [code for code in self.rows if code in certain]

    @cached_property
    def shown(self) -> dict[str, list[Mapping[str, Any] | None]]:
        """Values by code, in the order of the criteria; None where one is kept back."""
        if self.publication is None:
            return {code: row["values"] for code, row in self.rows.items()}
        return {
            row["code"]: [value.get("measured") for value in row["values"]]
            for stratum in self.publication["strata"]
            for row in stratum["rows"]
        }

    @cached_property
    def decimals(self) -> list[int]:
        """Decimals of every criterion, as many as tell its values apart."""
        columns = range(len(self.criteria))
        return [decimals_of([v[at]["value"] for v in self.shown.values() if (v[at] is not None)]) for at in columns]  # type: ignore[index]

    def named(self, codes: Iterable[str]) -> str:
        """Names of gminas as a list."""
        return listed([self.names.get(code, code) for code in codes], self.lang)

    def stratum(self, stratum: str) -> str:
        """Name of a stratum."""
        return stratum_name(stratum, self.result["strata_by"], self.lang, date=self.record["register_date"])

    def powiat(self, code: str) -> str:
        """Name of a gmina's powiat."""
        return powiat_name(code, self.record["register_date"], self.lang)

    def label(self, criterion: Mapping[str, Any]) -> str:
        """Label of a criterion, with its year where another year of the same is there."""
        label: str = criterion["label"][self.lang]
        same = [other for other in self.criteria if other["label"] == criterion["label"]]
        return label if len(same) == 1 else f"{label} ({criterion['year']})"

    def head(self, criterion: Mapping[str, Any]) -> str:
        """Heading of a column: label, unit, year."""
        return f"{criterion['label'][self.lang]} ({unit_word(criterion['unit'], self.lang)}, {criterion['year']})"

    def value(self, code: str, at: int) -> str:
        """A value of a gmina, or the mark of one that is kept back."""
        measured = self.shown[code][at]
        if measured is None:
            return word("hidden", self.lang)
        return format_number(measured["value"], self.lang, decimals=self.decimals[at])


def plain(value: float, lang: str) -> str:
    """Write a number with up to six significant digits and no zeros at its end."""
    if not math.isfinite(value):
        return format_number(None, lang)
    digits = math.floor(math.log10(abs(value))) + 1 if value else 1
    most = min(max(6 - digits, 0), 12)
    decimals = next((d for d in range(most) if abs(round(value, d) - value) <= 1e-9 * max(1.0, abs(value))), most)
    return format_number(value, lang, decimals=decimals)


def decimals_of(values: Sequence[float]) -> int:
    """Return as many decimals, six at most, as whole numbers need (none) or as tell different values apart."""
    if all(float(value).is_integer() for value in values):
        return 0
    least = 1 if max(abs(value) for value in values) >= 10_000 else 2
    different = len(set(values))
    return next((d for d in range(least, 6) if len({round(value, d) for value in values}) == different), 6)


def sets_text(count: str, lang: str) -> str:
    """Write an exact number of sets; of a very long one its order of magnitude."""
    if len(count) <= 15:
        return format_number(int(count), lang)
    mantissa = format_number(int(count[:3]) / 100, lang, decimals=2)
    return f"{mantissa} × 10^{len(count) - 1}"
