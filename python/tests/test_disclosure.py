"""Counts here are made up for the tests."""

import pickle

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import diagnoza as dg

CROSS = pl.DataFrame(
    {
        "powiat": ["a", "a", "a", "b", "b", "b", "c", "c", "c"],
        "form": ["x", "y", "z"] * 3,
        "persons": [2, 20, 30, 10, 11, 12, 40, 50, 60],
    }
)


def test_margins_do_not_give_a_small_cell_back():
    view = dg.publication_view(CROSS, by="powiat", across="form", count="persons")
    frame = view.frame()
    assert frame.columns == ["powiat", "form", "count", "status"]
    assert frame["count"].null_count() == 4
    assert view.lost == 41
    assert set(frame["status"]) == {"published", "suppressed"}
    assert set(view.audit["status"]) == {"primary_threshold", "complementary"}
    assert view.methods["disclosure_threshold"] == "3"
    assert dg.attack(view, width=2).equals(view.table.attack())
    # what is published holds no suppressed number, in memory or in a file
    assert 2 not in frame["count"].to_list()
    assert pickle.loads(pickle.dumps(view.table)).record == view.table.record


def test_careless_publication_is_found_out():
    table = pl.DataFrame({"gmina": [None, "a", "b", "c"], "count": [31, 14, None, 15]})
    found = dg.attack(table, by="gmina")
    assert found.rows() == [("b", 2.0, 2.0)]
    with pytest.raises(dg.errors.InputError, match="b is suppressed but can be narrowed to 2 - 2"):
        dg.attack(table, by="gmina", width=1)
    with pytest.raises(dg.errors.InputError, match="contradict"):
        dg.attack(table.with_columns(count=pl.Series([3, 14, None, 15])), by="gmina")


def test_hierarchy_dominance_and_zeros():
    table = pl.DataFrame(
        {
            "powiat": ["a", "a", "b", "b"],
            "gmina": ["a1", "a2", "b1", "b2"],
            "n": [40, 30, 0, 50],
            "largest": [31, 5, 0, 10],
        }
    )
    options = {"by": ["powiat", "gmina"], "count": "n", "largest": "largest"}
    view = dg.publication_view(table, **options)
    assert view.audit.filter(status="primary_dominance")["gmina"].to_list() == ["a1"]
    assert view.frame().filter(gmina="b1")["count"].to_list() == [0]
    hidden = dg.publication_view(table, **options, zeros="suppress", dominance=None)
    assert hidden.frame().filter(gmina="b1")["count"].to_list() == [None]


def test_reasons_can_be_shown():
    view = dg.publication_view(CROSS, by="powiat", across="form", count="persons", reasons="shown")
    assert "primary_threshold" in set(view.frame()["status"])
    two = pl.DataFrame({"g": ["a", "b"], "n": [1, 1]})
    with pytest.raises(dg.errors.InputError, match="cannot be protected"):
        dg.publication_view(two, by="g", count="n", reasons="shown")


def test_wrong_tables_and_rules_are_named():
    with pytest.raises(dg.errors.InputError, match="row 2: persons"):
        dg.publication_view(
            CROSS.with_columns(persons=pl.Series([2, -1, *[5] * 7])), by="powiat", across="form", count="persons"
        )
    with pytest.raises(dg.errors.InputError, match="a, z is not in the table"):
        dg.publication_view(
            CROSS.filter((pl.col("powiat") != "a") | (pl.col("form") != "z")),
            by="powiat",
            across="form",
            count="persons",
        )
    with pytest.raises(dg.errors.InputError, match="there twice"):
        dg.publication_view(CROSS, by="powiat", count="persons")
    with pytest.raises(dg.errors.InputError, match="no column"):
        dg.publication_view(CROSS, by="gmina", count="persons")
    with pytest.raises(dg.errors.InputError, match="threshold is 0"):
        dg.publication_view(CROSS, by="powiat", across="form", count="persons", threshold=0)
    with pytest.raises(dg.errors.InputError, match="publish, suppress"):
        dg.publication_view(CROSS, by="powiat", across="form", count="persons", zeros="hide")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=4))
def test_no_small_cell_of_a_random_table_is_narrowed(counts):
    rows = [(f"p{p}", f"f{f}", n) for p, row in enumerate(counts) for f, n in enumerate(row)]
    table = pl.DataFrame(rows, schema=["powiat", "form", "n"], orient="row")
    view = dg.publication_view(table, by="powiat", across="form", count="n")
    truth = {(p, f): n for p, f, n in rows}
    for path, form, lower, upper in dg.attack(view).rows():
        count = truth.get((path, form))
        if count is not None:
            assert lower <= count and (upper is None or count <= upper)
            if count < 3:
                assert upper is None or (upper >= 3 and upper - lower >= 2)
