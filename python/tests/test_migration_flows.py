"""Gross flows in six directions."""

from __future__ import annotations

import pickle

import numpy as np
import polars as pl
import pytest

import diagnoza as dg
from diagnoza.errors import InputError

WORDS = ("in_from_towns", "in_from_countryside", "immigration", "out_to_towns", "out_to_countryside", "emigration")
COUNTS = np.arange(6 * 2 * 3, dtype=float).reshape(6, 2, 3)


def test_sums_are_those_of_the_directions() -> None:
    flows = dg.gross_flows(COUNTS)
    np.testing.assert_array_equal(flows.inflow, COUNTS[:3].sum(axis=0))
    np.testing.assert_array_equal(flows.outflow, COUNTS[3:].sum(axis=0))
    np.testing.assert_array_equal(flows.net, flows.inflow - flows.outflow)
    np.testing.assert_array_equal(flows.net, flows.internal_net + flows.external_net)
    np.testing.assert_array_equal(flows.external_net, COUNTS[2] - COUNTS[5])
    assert flows.total("emigration") == COUNTS[5].sum()
    assert flows.total("emigration", sex="F") + flows.total("emigration", sex="M") == COUNTS[5].sum()
    assert (flows.total_in, flows.total_out, flows.total_net) == (153.0, 477.0, -324.0)
    assert flows.ages == (0, 1, 2)
    np.testing.assert_array_equal(flows.rates("emigration", np.full((2, 3), 100.0)), COUNTS[5] / 100)


def test_every_form_is_read_alike() -> None:
    flows = dg.gross_flows(COUNTS, ages=[0, 20, 60])
    frame = flows.frame()
    assert frame.columns == ["direction", "sex", "age", "migrants"] and frame.height == COUNTS.size
    assert frame.filter(direction="emigration", sex="M", age=60)["migrants"].item() == COUNTS[5, 1, 2]
    by_word = dict(zip(reversed(WORDS), COUNTS[::-1], strict=True))
    shuffled = frame.sample(fraction=1, shuffle=True, seed=1)
    arrow = shuffled.with_columns(pl.col("migrants").cast(pl.Int32)).to_arrow()
    for form in (by_word, shuffled, arrow):
        again = dg.gross_flows(form, ages=[0, 20, 60] if form is by_word else None)
        np.testing.assert_array_equal(again.counts, COUNTS)
        assert again.ages == (0, 20, 60)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(flows)).net, flows.net)


def test_the_sums_stay_those_of_the_counts() -> None:
    given = COUNTS.copy()
    flows = dg.gross_flows(given)
    given[0] = 999
    np.testing.assert_array_equal(flows.of("in_from_towns"), COUNTS[0])
    with pytest.raises(ValueError, match="read-only"):
        flows.counts[0] = 1


def test_a_summary_speaks_both_languages() -> None:
    flows = dg.gross_flows(COUNTS)
    polish, english = flows.summary(), flows.summary("en")
    assert polish["flow"].to_list() == [*WORDS, "inflow", "outflow", "net", "internal_net", "external_net"]
    assert polish["label"][3] == "wymeldowania do miast" and english["label"][8] == "net migration"
    row = english.row(by_predicate=pl.col("flow") == "net", named=True)
    assert (row["F"] + row["M"], row["T"]) == (-324.0, -324.0)
    assert "saldo migracji" in flows._repr_html_() and "wymeldowania za granicę" in flows._repr_html_()


def without(position: int) -> pl.DataFrame:
    frame = dg.gross_flows(COUNTS).frame()
    return frame.filter(pl.int_range(pl.len()) != position)


def changed(column: str, value: object) -> pl.DataFrame:
    rows = dg.gross_flows(COUNTS).frame().to_dicts()
    rows[1][column] = value
    return pl.DataFrame(rows)


@pytest.mark.parametrize(
    ("flows", "words"),
    [
        (COUNTS[:5], r"flows has shape \[5, 2, 3\]"),
        (COUNTS[:, :1], "flows has shape"),
        (COUNTS[0], "flows has 2 dimensions"),
        (np.zeros((6, 2, 0)), "flows has shape"),
        (-COUNTS, "in_from_towns is -1 at sex F, age position 1"),
        (COUNTS * np.nan, "in_from_towns is NaN"),
        (np.full((6, 2, 3), 1e308), "can be added up"),
        ({"in_from_towns": COUNTS[0]}, "lacks in_from_countryside, immigration"),
        (dict.fromkeys((*WORDS, "abroad"), COUNTS[0]), "'abroad' is not a direction.*emigration"),
        ({**dict.fromkeys(WORDS, COUNTS[0]), "emigration": COUNTS[0][:, :2]}, r"emigration has shape \(2, 2\)"),
        (without(0), "no row of in_from_towns, F, age 0"),
        (changed("age", 0), "row 2: in_from_towns, F, age 0 stands there a second time"),
        (changed("age", 1.5), "row 2, age"),
        (changed("age", None), "row 2, age"),
        (changed("age", 200), "row 2, age"),
        (changed("sex", "K"), "row 2, sex='K' is not known: expected one of F, M"),
        (changed("direction", "abroad"), "row 2: 'abroad' is not a direction"),
        (changed("migrants", None), "row 2, migrants: empty"),
        (changed("migrants", -1.0), "in_from_towns is -1"),
        (changed("migrants", float("nan")), "in_from_towns is NaN"),
        (pl.DataFrame({"direction": ["emigration"]}), "no column sex, age, migrants"),
        ("flows.csv", "flows: expected numbers"),
        (None, "flows"),
    ],
)
def test_wrong_flows_are_named(flows: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        dg.gross_flows(flows)  # type: ignore[arg-type]


def test_wrong_options_are_named() -> None:
    flows = dg.gross_flows(COUNTS)
    for call, words in (
        (lambda: dg.gross_flows(COUNTS, ages=[0, 1]), "ages has 2 values: expected 3"),
        (lambda: dg.gross_flows(COUNTS, ages=[0, 2, 1]), "increasing"),
        (lambda: dg.gross_flows(flows.frame(), ages=[0, 1, 2]), "column age"),
        (lambda: flows.total("abroad"), "not a direction of migration: expected in_from_towns"),  # type: ignore[arg-type]
        (lambda: flows.total("emigration", sex="K"), "F, M, T"),  # type: ignore[arg-type]
        (lambda: flows.rates("emigration", np.zeros((2, 3))), "join ages"),
        (lambda: flows.rates("emigration", np.ones((2, 4))), "population has shape"),
        (lambda: flows.summary("de"), "de"),  # type: ignore[arg-type]
    ):
        with pytest.raises(InputError, match=words):
            call()
