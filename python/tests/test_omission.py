"""Cost of omission and service basket. Every figure here is invented for the test."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError, ReadError, SpecError, UnknownUnitError
from diagnoza.plot import to_svg

SOURCE = "przykład: liczba zmyślona do testu"


def figure(value: float, low: float | None = None, high: float | None = None) -> dict[str, Any]:
    ends = {} if low is None else {"low": low, "high": high}
    return {"value": value, "source": SOURCE, **ends}


def card(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Kryzys bezdomności (liczby zmyślone)",
        "start_year": 2026,
        "horizon": 8,
        "price_year": 2025,
        "discount_rate": figure(0.04, 0.02, 0.06),
        "persons": figure(100),
        "effect": figure(0.4, 0.2, 0.6),
        "effect_delay": 1,
        "intervention_years": 2,
        "cost_of_need": [{"name": "schronienie", **figure(20_000, 15_000, 22_000)}],
        "intervention": [{"name": "asystent", **figure(9_000)}],
        "start_up": [{"name": "lokal", **figure(200_000)}],
        "saving": [{"name": "mniej interwencji", **figure(1_000)}],
        **changes,
    }


def test_costs_by_hand() -> None:
    found = dg.omission_cost(card())
    frame = found.frame()
    assert frame["without"].to_list() == [2_000_000.0] * 8
    assert frame["with"].to_list() == [3_100_000.0, 2_060_000.0, *[1_160_000.0] * 6]
    saved = frame["without"] - frame["with"]
    by_hand = sum(value / 1.04**year for year, value in enumerate(saved))
    assert found.net_present_value == pytest.approx(by_hand, rel=1e-12)
    cumulated = (saved / pl.Series([1.04**year for year in range(8)])).cum_sum()
    assert found.break_even == 2026 + next(year for year, value in enumerate(cumulated) if value >= 0)
    assert frame["cumulated_without"][-1] == 16_000_000.0
    assert found.price_year == 2025


def test_sensitivity_is_a_tornado_of_changed_cards() -> None:
    found = dg.omission_cost(card())
    bars = found.sensitivity
    assert set(bars["parameter"]) == {"effect", "cost_of_need 'schronienie'", "discount_rate"}
    widths = (bars["value_at_high"] - bars["value_at_low"]).abs().to_list()
    assert widths == sorted(widths, reverse=True)
    low = dg.omission_cost(card(effect=figure(0.2))).net_present_value
    assert bars.filter(parameter="effect")["value_at_low"].item() == pytest.approx(low)
    assert "persons" in found.record["sensitivity"]["not_varied"]


def test_a_file_gives_the_same_as_a_mapping(tmp_path: Path) -> None:
    path = dg.omission_template(tmp_path / "karta.toml")
    with pytest.raises(SpecError, match=r"karta\.toml: .* faults"):
        dg.omission_cost(path)
    text = path.read_text(encoding="utf-8").replace('source = ""', f'source = "{SOURCE}"\nvalue = 0.5')
    path.write_text(text, encoding="utf-8")
    found = dg.omission_cost(path)
    amount = {"value": 0.5, "source": SOURCE}
    same = dg.omission_cost(
        {
            "start_year": 2026,
            "horizon": 10,
            "price_year": 2025,
            "discount_rate": amount,
            "persons": amount,
            "effect": amount,
            "cost_of_need": [{"name": "koszt potrzeby", **amount}],
            "intervention": [{"name": "koszt interwencji", **amount}],
        }
    )
    assert found.record == same.record
    with pytest.raises(InputError, match="is there already"):
        dg.omission_template(path)


def test_persons_may_come_from_needs() -> None:
    rates = pl.DataFrame(
        [{"service": "a", "unit": "persons_per_person", "sex": "T", "ages": "80+", "rate": 0.1, "year": 2024,
          "source": SOURCE, "other_ages": "no_need"}]
    )  # fmt: skip
    need = dg.needs("PL623", rates=rates, scenarios="main", from_year=2026, until=2033).frame()["need"].to_list()
    found = dg.omission_cost(card(persons={"source": SOURCE}, persons_by_year=need))
    assert found.frame()["persons"].to_list() == need


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"effect": figure(40)}, "effect: 40, expected a share from 0 to 1"),
        ({"discount_rate": figure(4)}, "discount_rate: 4, expected a rate per year"),
        ({"persons": {"value": 100}}, "persons, source: empty"),
        ({"cost_of_need": []}, "at least one cost of the need"),
        ({"horizon": 0}, "horizon: 0"),
        ({"effect": figure(0.4, 0.5, 0.6)}, "low <= value <= high"),
        ({"persons_by_year": [1.0]}, "one of the two"),
    ],
)
def test_figures_that_are_none_are_refused_by_key(change: dict[str, Any], message: str) -> None:
    with pytest.raises(SpecError, match=message):
        dg.omission_cost(card(**change))


def test_other_wrong_cards_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown field `efect`"):
        dg.omission_cost(card(efect=figure(0.4)))
    with pytest.raises(InputError, match="NaN"):
        dg.omission_cost(card(effect=figure(float("nan"))))
    with pytest.raises(ReadError, match="No such file"):
        dg.omission_cost(tmp_path / "none.toml")
    (tmp_path / "card.csv").write_text("a")
    with pytest.raises(InputError, match=r"the ending must be \.toml"):
        dg.omission_cost(tmp_path / "card.csv")


def test_the_chart_says_what_it_shows() -> None:
    svg = to_svg(dg.omission_cost(card()).plot())
    for text in (
        "Kryzys bezdomności",
        "Zaniechanie kosztuje",
        "bez interwencji",
        "zwrot w",
        "nie urzędowy",
        "zmyślona",
    ):
        assert text in svg, text
    never = dg.omission_cost(card(effect=figure(0.0)))
    assert never.break_even is None
    svg = to_svg(never.plot(lang="en"))
    assert "more than it saves" in svg
    assert "does not pay for itself" in svg
    assert "zwrot: nie w horyzoncie" in never._repr_html_()


def test_the_tornado_names_figures_and_those_left_out() -> None:
    found = dg.omission_cost(card())
    svg = to_svg(found.plot_sensitivity())
    for text in ("koszt potrzeby: schronienie", "efekt (udział wychodzących)", "Bez zakresu", "0,2", "22\u00a0000"):
        assert text in svg, text
    assert "discount rate" in to_svg(found.plot_sensitivity(lang="en"))
    certain = card(effect=figure(0.4), discount_rate=figure(0.04), cost_of_need=[{"name": "a", **figure(1.0)}])
    with pytest.raises(InputError, match="no figure of the card has a range"):
        dg.omission_cost(certain).plot_sensitivity()


BASKET = """
format = "diagnoza-service-basket/1"
title = "Koszyk do testu"
[[problem]]
id = "frail_age"
name_pl = "niesamodzielność w starości"
services = ["care_services", "day_centre"]
[[problem]]
id = "homelessness"
name_pl = "bezdomność"
services = ["shelter"]
[[service]]
id = "care_services"
name_pl = "usługi opiekuńcze"
institutions = ["ops"]
[[service]]
id = "day_centre"
name_pl = "dzienny dom pomocy"
requires = ["care_services"]
[[service]]
id = "shelter"
name_pl = "schronisko"
[[institution]]
id = "ops"
name_pl = "ośrodek pomocy społecznej"
"""


def test_a_basket_and_what_a_unit_has_of_it(tmp_path: Path) -> None:
    (tmp_path / "koszyk.toml").write_text(BASKET, encoding="utf-8")
    basket = dg.service_basket(tmp_path / "koszyk.toml")
    assert basket.services["institutions"].to_list() == ["ops", "", ""]
    found = basket.coverage("Pisz", {"care_services": False, "day_centre": True, "shelter": None}, source="synthetic")
    assert found.problems["state"].to_list() == ["partly", "unknown"]
    assert found.services["state"].to_list() == ["missing", "incomplete", "unknown"]
    assert found.gaps["service"].to_list() == ["care_services", "day_centre"]
    assert found.record["unit"] == "2816033"
    frame = pl.DataFrame(
        {"service": ["shelter"], "state": ["exists"], "source": ["synthetic"], "institution": ["MOPS"]}
    )
    covered = basket.coverage("2816033", frame)
    assert covered.problems["state"].to_list() == ["unknown", "covered"]
    assert covered.services["institution"].to_list() == ["", "", "MOPS"]
    assert "niesamodzielność" in covered._repr_html_()
    assert "Koszyk do testu" in basket._repr_html_()


def test_wrong_baskets_and_statements_are_named(tmp_path: Path) -> None:
    path = tmp_path / "koszyk.toml"
    path.write_text(
        BASKET.replace('"shelter"]', '"sheltr"]').replace('institutions = ["ops"]', 'requires = ["day_centre"]')
    )
    with pytest.raises(SpecError, match="there is no 'sheltr', is 'shelter' meant"):
        dg.service_basket(path)
    with pytest.raises(SpecError, match="care_services -> day_centre -> care_services"):
        dg.service_basket(path)
    path.write_text(BASKET, encoding="utf-8")
    basket = dg.service_basket(path)
    with pytest.raises(SpecError, match="without a source"):
        basket.coverage("2816033", {"shelter": True})
    with pytest.raises(InputError, match="expected True, False or None"):
        basket.coverage("2816033", {"shelter": "yes"}, source="synthetic")  # type: ignore[dict-item]
    with pytest.raises(InputError, match="row 2, state='yes' is not known"):
        basket.coverage("2816033", pl.DataFrame({"service": ["shelter"], "state": ["yes"], "source": ["s"]}))
    with pytest.raises(UnknownUnitError):
        basket.coverage("Nigdzie", {"shelter": True}, source="synthetic")


def test_the_basket_to_begin_with_names_problems_and_links_nothing(tmp_path: Path) -> None:
    basket = dg.service_basket(dg.service_basket_template(tmp_path / "koszyk.toml"))
    assert len(basket.problems) == 14
    assert set(basket.problems["services"]) == {""}
    assert basket.problems["source"].str.contains("IOSS").all()
    found = basket.coverage("2816033", {"dps": False}, source="synthetic")
    assert set(found.problems["state"]) == {"no_services"}


def test_published_unit_costs_can_be_put_on_a_card() -> None:
    path = Path(__file__).parents[3] / "shared/data/ozps/unit_costs_seen.csv"
    if not path.exists():
        pytest.skip("../shared is absent: no published unit cost to put on a card")
    row = pl.read_csv(path).filter(item="DPS, monthly cost of a place").row(0, named=True)
    yearly = 12 * float(row["amount"])
    costs = [
        {
            "name": "DPS",
            "value": yearly,
            "source": f"{row['source']}, {row['area']} {row['year']}, 12 x {row['amount']} zł",
        }
    ]
    found = dg.omission_cost(card(cost_of_need=costs))
    assert found.frame()["without"][0] == pytest.approx(100 * 12 * 8214)
