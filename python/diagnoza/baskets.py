"""Service basket: which problem is answered by which services, and what of it a unit has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from diagnoza import _native
from diagnoza.arguments import check_word
from diagnoza.errors import InputError
from diagnoza.files import text_of, write_new
from diagnoza.territory import Region, selection_text

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

__all__ = ["BasketCoverage", "ServiceBasket", "service_basket", "service_basket_template"]

_STATES = ("exists", "missing", "unknown")


@dataclass(frozen=True)
class BasketCoverage:
    """What a unit has of a basket. Made by `ServiceBasket.coverage`."""

    record: dict[str, Any]

    @property
    def problems(self) -> pl.DataFrame:
        """How each problem is answered.

        Columns problem, name_pl, name_en, state (covered, partly, uncovered, unknown, no_services) and the services
        that exist, are incomplete (something they require is not there), missing or unknown.
        """
        import polars as pl

        lists = ("exists", "incomplete", "missing", "unknown")
        rows = [{**row, **{name: ", ".join(row[name]) for name in lists}} for row in self.record["problems"]]
        return pl.DataFrame(rows)

    @property
    def services(self) -> pl.DataFrame:
        """What is known of each service: state (exists, incomplete, missing, unknown), lacks, institution, source."""
        import polars as pl

        return pl.DataFrame([{**row, "lacks": ", ".join(row["lacks"])} for row in self.record["services"]])

    @property
    def gaps(self) -> pl.DataFrame:
        """Services missing or incomplete, those that answer most problems first: state, problems, institutions."""
        import polars as pl

        rows = [
            {**row, "problems": ", ".join(row["problems"]), "institutions": ", ".join(row["institutions"])}
            for row in self.record["gaps"]
        ]
        return pl.DataFrame(rows, schema=dict.fromkeys(("service", "state", "problems", "institutions"), pl.String))

    def _repr_html_(self) -> str:
        head = (
            f"<p><b>Koszyk usług</b>: {escape(self.record['unit'])}. Usługa niewymieniona jest nieznana, nie brak.</p>"
        )
        return head + str(self.problems._repr_html_())


@dataclass(frozen=True)
class ServiceBasket:
    """A checked basket: problems, services, institutions. Made by `service_basket`."""

    file: str
    text: str
    record: dict[str, Any]

    @property
    def problems(self) -> pl.DataFrame:
        """Problems with their services."""
        return self._table("problem", ("services",))

    @property
    def services(self) -> pl.DataFrame:
        """Services with the institutions that may give them and the services they require."""
        return self._table("service", ("institutions", "requires"))

    @property
    def institutions(self) -> pl.DataFrame:
        """Institutions."""
        return self._table("institution", ())

    def coverage(
        self, unit: str | Region, services: pl.DataFrame | Mapping[str, bool | None], *, source: str | None = None
    ) -> BasketCoverage:
        """Compare the basket with what a unit has. A service that is not mentioned is unknown, not missing.

        Args:
            unit: code or name of the unit.
            services: frame with columns service, state (``exists``, ``missing``, ``unknown``), source and, if wanted,
                institution; or a mapping such as ``{"dps": True, "meals": False}`` with `source`.
            source: where the mapping's statements are known from.

        Raises:
            SpecError: a service that is not in the basket, is there twice or has no source.
            InputError: columns and words.
            UnknownUnitError, AmbiguousUnitError: the unit.
        """
        known = _known(services, source)
        found = _native.basket_coverage(self.file, self.text, selection_text(unit), json.dumps(known))
        return BasketCoverage(json.loads(found))

    def _table(self, name: str, lists: tuple[str, ...]) -> pl.DataFrame:
        import polars as pl

        rows = [{**row, **{key: ", ".join(row[key]) for key in lists}} for row in self.record[name]]
        return pl.DataFrame(rows, schema=dict.fromkeys(("id", "name_pl", "name_en", *lists, "source"), pl.String))

    def _repr_html_(self) -> str:
        return f"<p><b>{escape(self.record['title'] or self.file)}</b></p>" + str(self.problems._repr_html_())


def service_basket(path: str | Path) -> ServiceBasket:
    """Read and check a service basket (.toml); `service_basket_template` writes one to begin with.

    Raises:
        SpecError: lists every reference to nothing, double, empty name and circle of services that require each other.
        ReadError: the file.
    """
    file, text = text_of("basket", path)
    return ServiceBasket(file, text, json.loads(_native.service_basket(file, text)))


def service_basket_template(path: str | Path) -> Path:
    """Write a basket to begin with: problems and services by official names, no links between them.

    Raises:
        InputError: a file that is there already.
    """
    return write_new(path, _native.template("service_basket.toml"))


def _known(services: Any, source: str | None) -> list[dict[str, str]]:
    if isinstance(services, Mapping):
        words = {True: "exists", False: "missing", None: "unknown"}
        for name, there in services.items():
            if there is not None and not isinstance(there, bool):
                raise InputError(f"service '{name}' is {there!r}: expected True, False or None (unknown)")
        return [
            {"service": str(name), "state": words[there], "source": source or ""} for name, there in services.items()
        ]
    if source is not None:
        raise InputError("source goes with a mapping; a frame has a column source")
    from diagnoza.plot.frames import as_frame

    rows = []
    for place, row in enumerate(as_frame(services, columns=("service", "state", "source")).to_dicts(), start=2):
        check_word(f"services, row {place}, state", str(row["state"]), _STATES)
        names = ("service", "state", "source", "institution")
        rows.append({name: str(row.get(name) or "") for name in names})
    return rows
