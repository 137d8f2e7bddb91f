"""Pages of selections: contents against the record, both languages, hostile names, what disclosure keeps back."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import diagnoza as dg
from diagnoza.cli import main
from diagnoza.errors import InputError
from diagnoza.report.selection_firm_words import FIRM_WORDS
from diagnoza.report.selection_rule_words import RULE_WORDS, rule_word, unit_word
from diagnoza.report.selection_view import decimals_of, plain, sets_text
from diagnoza.report.selection_words import WORDS, counted, listed

PILOT = "pilot_28_2018"
BAD = "<script>alert('x')</script>"
CRITERION = {"year": 2016, "unit": "persons", "measure": "count", "direction": "stimulant"}


def spec(**changes: Any) -> dict[str, Any]:
    """Return the 2018 frame with two invented criteria, weighted."""
    made: dict[str, Any] = json.loads(dg.selecting.run(PILOT).spec())
    labels = {"a": ("rodziny", "families"), "b": ("osoby starsze", "older persons")}
    made["criteria"] = [
        {**CRITERION, "variable": name, "label": {"pl": pl_, "en": en}, "weight": weight}
        for (name, (pl_, en)), weight in zip(labels.items(), (0.6, 0.4), strict=True)
    ]
    made |= {"ties": "report", "reserve": 2, "weights": {"rule": "given"}}
    return made | {"method": {"name": "weighted_sum", "normalisation": "zero_unitarisation"}} | changes


def table() -> pl.DataFrame:
    """Return invented criteria for the gminas of the 2018 frame: synthetic, for these tests only."""
    row = pl.int_range(1, pl.len() + 1)
    frame = pl.DataFrame(dg.selecting.run(PILOT).frame())
    return frame.select(
        pl.col("unit").alias("teryt"), "name", a=row * 37 % 101, b=row * 53 % 97, income=1000 + row * 61 % 89 * 7
    )


def words(page: str) -> str:
    """Return what a reader sees, in plain spaces."""
    body = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def section(page: str, name: str) -> str:
    found = re.search(rf'<section id="{name}".*?</section>', page, flags=re.DOTALL)
    assert found, name
    return found[0]


def specs() -> dict[str, dict[str, Any]]:
    """Return specifications that between them use every part of the format."""
    income = {**CRITERION, "variable": "income", "label": {"pl": "dochody", "en": "income"}, "unit": "zł"}
    diverse = {key: income[key] for key in ("variable", "year", "label", "unit")}
    diverse |= {"measure": "as_published", "spread": "max_min_gap", "purpose": "tie_break"}
    two = spec()["criteria"]
    why = {"pl": "ma własny program", "en": "has a programme of its own"}
    lexicographic = {"method": {"name": "lexicographic"}, "weights": None}
    unweighted = [{**one, "weight": None} for one in two]
    return {
        "weighted": spec(notes=["Uwaga.", {"about": "ties", "text": "O remisach."}]),
        "by powiat": spec(
            strata={"by": "powiat", "quotas": {code[:4]: 1 for code in sorted(table()["teryt"])}}, reserve=0
        ),
        "sets": spec(diversity=diverse, locality="prefer", search={"enumerate_up_to": 50_000}),
        "threshold of sets": spec(
            diversity={**diverse, "spread": "quantile_classes", "classes": 3, "purpose": "threshold", "at_least": 2},
            locality="forbid",
        ),
        "groups": spec(strata={**spec()["strata"], "within": {"by": "powiat", "groups": 1, "rule": "sum"}}),
        "offers": spec(
            consent={
                "rule": "offers",
                "refused": [{"code": "2803043", "date": "2018-05-02", "reason": why}, {"code": "2816013"}],
            },
            eligibility={"kinds": ["urban_rural"], "exclude": [{"code": "2816033", "reason": why}]},
        ),
        "before": spec(consent={"rule": "before", "agreed": sorted(table()["teryt"])[:30]}),
        "bounds": spec(criteria=[{**two[0], "at_least": 10.0, "at_most": 95.0}, two[1]]),
        "rate": spec(
            criteria=[
                {
                    **two[0],
                    "measure": "rate",
                    "denominator": {"variable": "income", "year": 2016, "unit": "persons", "factor": 10000.0},
                },
                {**two[1], "direction": "nominant", "nominal": {"from": 30.0, "to": 40.0}},
            ]
        ),
        "bands": spec(
            criteria=[
                {**unweighted[0], "comparison": {"bands": {"width": 50.0}}},
                {**unweighted[1], "role": "secondary", "direction": "destimulant"},
                {**income, "role": "secondary"},
            ],
            ties="code_order",
            **lexicographic,
        ),
        "ties": spec(criteria=[{**unweighted[0], "comparison": {"bands": {"width": 50.0}}}], **lexicographic),
        "promethee": spec(
            criteria=[{**two[0], "preference": {"linear": {"q": 1.0, "p": 9.0}}}, {**two[1], "preference": "usual"}],
            method={"name": "promethee2"},
        ),
        "electre": spec(
            criteria=[{**one, "thresholds": {"q": 1.0, "p": 9.0, "v": 80.0}} for one in two],
            method={"name": "electre3"},
        ),
        "ahp": spec(criteria=unweighted, weights={"rule": "ahp", "matrix": [[1.0, 3.0], [1 / 3, 1.0]]}),
        "goalposts": spec(
            criteria=[{**one, "goalposts": {"low": 0.0, "high": 100.0}} for one in two],
            method={"name": "weighted_mean", "normalisation": "goalposts", "power": 0.5, "clip": True},
        ),
    }


@pytest.mark.parametrize("lang", ["pl", "en"])
@pytest.mark.parametrize("name", specs())
def test_a_page_agrees_with_its_record(name: str, lang: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # other tests draw; here the text is of interest, on many pages
    monkeypatch.setattr("diagnoza.report.selection_drawings.to_svg", lambda chart: '<svg width="9"></svg>')
    selection = dg.select(specs()[name], table())
    page = selection.to_html(lang=lang, robustness=False)
    record, text = selection.record, words(page)
    assert selection.sha256 in page and record["table"]["sha256"] in page and "select --replay record.json" in text
    assert not re.search(r"<script|\{\{|\{[a-z_]+\}|\bNone\b|\bnan\b|https?://(?!www\.w3\.org)", page)
    assert f'<html lang="{lang}">' in page
    chosen = section(page, "chosen")
    ranked = [row for stratum in record["result"]["strata"] for row in stratum["rows"]]
    for row in ranked:
        if row["place"]["place"] in {"chosen", "tied", "reserve", "tied_for_reserve"}:
            assert row["code"] in chosen
    reasons = section(page, "reasons")
    dropped = " ".join(re.findall(r'<p class="names">(.*?)</p>', reasons))
    found = re.findall(r"<small>(\d{7})</small>", reasons) + re.findall(r"\((\d{7})\)", dropped)
    assert sorted(found) == sorted(record["result"]["reasons"])
    listed_rows = section(page, "ranking")
    assert sorted(re.findall(r"<small>(\d{7})</small>", listed_rows)) == sorted(row["code"] for row in ranked)
    left = [step["left"] for step in record["result"]["funnel"]]
    assert re.findall(r"<td>(\d+)</td></tr>", section(page, "funnel")) == [str(count) for count in left]


def test_ties_refusals_and_exclusions_are_said() -> None:
    pages = {name: dg.select(specs()[name], table()).to_html(robustness=False) for name in ("ties", "offers", "bands")}
    tied = dg.select(specs()["ties"], table()).record["result"]["tied_sets"]
    assert f"Równie dobrych zestawów: {plain(int(tied['count']), 'pl')}" in words(
        section(pages["ties"], "ties")
    ).replace("\u00a0", " ")
    offers = dg.select(specs()["offers"], table())
    firm = words(offers.to_html(robustness=offers.robustness(draws=50)))
    assert "odmówiła, nie jest wybierana w żadnym wariancie" in firm
    said = words(section(pages["offers"], "adjustments"))
    assert (
        "Lidzbark odmówiła" in said and "2 maja 2018" in said and "Pisz: wyłączona z nazwy – ma własny program" in said
    )
    assert "rozstrzygnęło: kryterium" in words(section(pages["bands"], "ties"))


def test_values_are_written_as_the_language_does() -> None:
    selection = dg.select(spec(), table())
    row = selection.ranking.filter(unit="2804073").row(0, named=True)
    text = words(selection.to_html(robustness=False))
    score = f"{row['score']:.4f}".replace(".", ",")
    assert re.search(
        rf"Pasłęk 2804073 .{{3,30}} {row['a']:.0f} 0,\d{{4}} → 0,\d{{4}} {row['b']:.0f} .{{15,25}} {score}", text
    )
    assert f"{row['score']:.4f}" in words(selection.to_html(lang="en", robustness=False))
    assert "Weszłaby, gdyby" in text and "waga 60%" in text and "podregion elbląski (PL621)" in text


@pytest.mark.parametrize("name", ["malopolska_2025"])
def test_shipped_specifications_have_pages(name: str, tmp_path: Path) -> None:
    selection = dg.select(name)
    page = selection.to_html(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page == selection.to_html()
    assert "granice gmin" in words(section(page, "map")) and "przy błędach danych ±5%" in words(page)
    assert "osoby na 10 000 mieszkańców" in words(page)


def test_robustness_is_the_study_of_this_selection() -> None:
    selection = dg.select(spec(), table())
    study = selection.robustness(draws=200, seed=3)
    page = selection.to_html(robustness=study)
    assert page == selection.to_html(robustness=selection.robustness(draws=200, seed=3))
    said = words(section(page, "robustness"))
    row = study.chosen_in.row(0, named=True)
    assert f"{row['variants']:.0f} z {row['of']}" in said and "±" in said and "ziarno 3" in said
    assert "Wybór bez jednego kryterium" in said and "<svg" in section(page, "robustness")
    assert "robustness=True" in words(section(selection.to_html(robustness=False), "robustness"))
    with pytest.raises(InputError, match="of this selection"):
        selection.to_html(robustness=dg.select("malopolska_2025").robustness(draws=10))


def test_a_study_of_another_selection_is_refused_even_of_the_same_gminas_and_criteria() -> None:
    selection, other = dg.select(spec(), table()), dg.select(spec(reserve=1), table())
    study = other.robustness(draws=20)
    assert study.record_sha256 == other.sha256 and study.criteria == selection.robustness(draws=20).criteria
    with pytest.raises(InputError, match="of this selection"):
        selection.to_html(robustness=study)
    assert other.to_html(robustness=study)


def test_errors_of_a_normal_law_are_said_by_their_standard_deviation() -> None:
    selection = dg.select(spec(), table())
    for lang, deviation, most in (("pl", "odchyleni", "o nie więcej niż"), ("en", "standard deviation", "up to")):
        page = words(selection.to_html(lang=lang, robustness=selection.robustness(draws=50, error_law="normal")))  # type: ignore[arg-type]
        assert page.count(deviation) >= 3 and most not in page and "±5%" not in page and "±\u00a05%" not in page
        page = words(selection.to_html(lang=lang, robustness=selection.robustness(draws=50)))  # type: ignore[arg-type]
        assert deviation not in page and most in page and "±5%" in page


def test_the_choice_is_unchanged_by_errors_only_where_every_draw_gives_it() -> None:
    from dataclasses import replace

    from diagnoza.report.selection_robustness import answers
    from diagnoza.report.selection_view import View

    selection = dg.select(spec(), table())
    study = selection.robustness(draws=20)
    view = View(selection, "pl")
    for law in ("uniform", "normal"):
        said = {}
        for share in (1.0, 0.9996):
            content = json.loads(json.dumps(study.content))
            content["settings"]["error_law"] = law
            content["perturbation"]["gminas"] = [[code, share, 0.0] for code in selection.chosen]
            said[share] = answers(view, replace(study, content=content))[-1]
        assert "nie zmieni" in said[1.0] and "99," in said[0.9996] and "100%" not in said[0.9996]


def test_hostile_names_are_text() -> None:
    wanted = spec(title={"pl": BAD, "en": BAD}, notes=[BAD], published={**spec()["published"], "source": BAD})
    wanted["criteria"][0] |= {"label": {"pl": BAD, "en": BAD}, "unit": BAD}
    wanted["eligibility"]["exclude"] = [{"code": "2816033", "reason": {"pl": BAD, "en": BAD}}]
    for lang in ("pl", "en"):
        page = dg.select(wanted, table()).to_html(lang=lang)  # type: ignore[arg-type]
        assert "<script" not in page and BAD in words(page)
    missing = spec(title={"pl": BAD, "en": BAD}, notes=[BAD])
    from diagnoza.report.selection_missing import page as missing_page

    assert "<script" not in missing_page(dg.selecting.run(missing), spec=BAD)


def test_disclosure_keeps_small_counts_and_what_gives_them_away_off_the_page() -> None:
    small = table().with_columns(a=pl.when(pl.col("teryt") == "2804073").then(7).otherwise(pl.col("a") * 100 + 1000))
    hidden = spec(disclosure={"threshold": 10.0})
    page = dg.select(hidden, small).to_html(lang="pl")
    text = words(page)
    assert "Widok do publikacji" in text and "ukrytych wartości:" in text and "•" in words(section(page, "ranking"))
    row = re.search(r"Pasłęk 2804073 \S+( \(\d\.\))? (\S+)", words(section(page, "ranking")))
    assert row and row[2] == "•"
    open_page = dg.select(spec(), small).to_html(lang="pl")
    selection = dg.select(hidden, small)
    for row_ in selection.ranking.iter_rows(named=True):
        written = f"{row_['score']:.4f}".replace(".", ",")
        assert written in words(open_page) and (row_["score"] in (0.0, 1.0) or written not in text)
    assert "rodziny, 2016: 7;" in words(open_page) and "2016: 7" not in text
    assert "→" not in words(section(page, "ranking")) and "<svg" not in section(page, "ranking")
    nothing = dg.select(spec(disclosure={"threshold": 1.0}), small).to_html()
    assert "Żadnej wartości nie trzeba było ukryć" in words(nothing) and "Weszłaby" not in words(nothing)


@pytest.mark.parametrize("weights", ["entropy", "critic", "std", "equal"])
def test_weights_made_of_hidden_values_are_hidden_with_them(weights: str) -> None:
    small = table().with_columns(a=pl.when(pl.col("teryt") == "2804073").then(7).otherwise(pl.col("a") * 100 + 1000))
    unweighted = [{**one, "weight": None} for one in spec()["criteria"]]
    rule = {"criteria": unweighted, "weights": {"rule": weights}}
    shown = {}
    for name, disclosure in (("open", None), ("hidden", {"threshold": 10.0})):
        page = words(dg.select(spec(disclosure=disclosure, **rule), small).to_html(robustness=False))
        shown[name] = re.findall(r"waga \d+%", page)
        assert (
            " waga " in words(section(dg.select(spec(disclosure=disclosure, **rule), small).to_html(), "rule"))
        ) == (bool(shown[name]))
    assert len(shown["open"]) == 2 and len(shown["hidden"]) == (2 if weights == "equal" else 0)


def test_where_values_are_hidden_the_order_is_that_of_the_publication() -> None:
    from diagnoza.report import selection_parts as parts
    from diagnoza.report.selection_view import View

    small = table().with_columns(a=pl.when(pl.col("teryt") == "2804073").then(7).otherwise(pl.col("a") * 100 + 1000))
    view = View(dg.select(spec(disclosure={"threshold": 10.0}), small), "pl")
    first = view.publication["strata"][0]["rows"]  # type: ignore[index]
    first[0]["rank"] = first[1]["rank"] = 1  # as two that share a rank, written by code
    first[0], first[1] = first[1], first[0]
    assert view.hides
    rows = parts.rankings(view)[0].rows
    assert [(row.code, row.rank) for row in rows[:2]] == [(row["code"], "1") for row in first[:2]]
    chosen = parts.chosen_tables(view, "", {})[0].rows
    assert [row[1] for row in chosen[:2]] == [row["code"] for row in first[:2]]
    reason = next(one for one in parts.reasons(view, quick=False)[0] if one.code == first[0]["code"])
    assert "miejsce 1 z" in reason.text.replace("\u00a0", " ")


def test_a_threshold_does_not_tell_the_value_it_kept_out() -> None:
    wanted = spec(disclosure={"threshold": 10.0})
    wanted["criteria"][0]["at_least"] = 9.0
    low = dg.select(wanted, table()).record["result"]["reasons"]
    values = [r["outcome"]["because"]["pl"] for r in low.values() if r["outcome"].get("step") == "threshold"]
    assert values
    text = words(dg.select(wanted, table()).to_html())
    assert all(re.sub(r"\s+", " ", because) not in text for because in values) and "progi: rodziny" in text


def test_the_missing_table_has_a_page_and_the_exit_code_stays(tmp_path: Path) -> None:
    assert main(["select", PILOT, "--out", str(tmp_path)]) == 3
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    text = words(page)
    assert "Wynik ogłoszony, nie obliczony" in text and "Pisz, Morąg, Miłomłyn, Korsze i Reszel" in text
    assert "ozps2016_families_total" in text and "gmina_frame_28_template.csv" in text
    frame = pl.DataFrame(dg.selecting.run(PILOT).frame())
    assert all(page.count(f">{code}</td>") == 1 for code in frame["unit"])
    assert "1 475,06" in text and "<script" not in page
    assert main(["select", PILOT, "--out", str(tmp_path), "--lang", "en"]) == 3
    assert "Published, not computed" in words((tmp_path / "index.html").read_text(encoding="utf-8"))


def test_the_command_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["select", "malopolska_2025", "--out", str(tmp_path), "--lang", "en"]) == 0
    assert f"page: {tmp_path / 'index.html'}" in capsys.readouterr().out
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page == dg.select("malopolska_2025").to_html(lang="en")
    assert main(["select", "--replay", str(tmp_path / "record.json"), "--out", str(tmp_path / "again")]) == 0
    assert (tmp_path / "again" / "index.html").is_file()


def test_wrong_arguments_are_refused(tmp_path: Path) -> None:
    selection = dg.select("malopolska_2025")
    for wrong in ({"lang": "de"}, {"date": "yesterday"}, {"path": tmp_path / "page.txt"}, {"robustness": "yes"}):
        with pytest.raises(InputError):
            selection.to_html(**wrong)  # type: ignore[arg-type]
    assert "3 maja 2026" in selection.to_html(date="2026-05-03", robustness=False)
    assert not list(tmp_path.iterdir())


def test_every_word_is_in_both_languages() -> None:
    for pairs in (WORDS, RULE_WORDS, FIRM_WORDS):
        for key, (polish, english) in pairs.items():
            assert polish.strip() and english.strip(), key
            fields = re.compile(r"\{(\w+)\}")
            assert sorted(fields.findall(polish)) == sorted(fields.findall(english)), key
    schema = dg.spec_schema()["$defs"]
    closed = {"ties": "ties", "missing": "missing", "locality": "locality", "method": "method", "spread": "spread"}
    closed |= {"weight_rule": "weights", "compared_within": "within", "role": "role", "direction": "direction"}
    closed |= {"kind": "kind", "group_rule": "groups", "diversity_over": "over", "diversity_purpose": "purpose"}
    closed |= {"consent_rule": "consent"}
    for name, prefix in closed.items():
        assert [f"{prefix}.{option}" for option in schema[name]["enum"] if f"{prefix}.{option}" not in RULE_WORDS] == []


def test_numbers_and_nouns() -> None:
    assert [counted(n, "gmina", "pl").split("\u00a0")[1] for n in (1, 3, 5, 12, 22)] == [
        "gmina",
        "gminy",
        "gmin",
        "gmin",
        "gminy",
    ]
    assert counted(1, "place", "en") == "1\u00a0place" and listed(["A", "B", "C"], "pl") == "A, B i\u00a0C"
    assert [plain(x, "pl") for x in (0.0, 7.0, 1302.933465, 0.00125, -2.5)] == [
        "0",
        "7",
        "1\u00a0302,93",
        "0,00125",
        "−2,5",
    ]
    assert decimals_of([1.0, 2.0]) == 0 and decimals_of([0.5, 0.25]) == 2 and decimals_of([0.12341, 0.12342]) == 5
    assert sets_text("41184", "en") == "41,184" and sets_text("1" * 40, "pl") == "1,11 × 10^39"
    assert unit_word("persons per 10000 inhabitants", "pl") == "osoby na 10\u00a0000 mieszkańców"
    assert unit_word("rodziny", "pl") == "rodziny" and rule_word("role.primary", "en") == "primary"
