"""What the questions must show of the former record, and how regions are ranked."""

from collections import Counter

import pytest

from dashboard.content.readings import known_sentence
from dashboard.i18n import use_language

DAEGU, INCHEON, SEJONG = "KR-27", "KR-28", "KR-50"


@pytest.fixture(scope="module")
def ask(record):
    """Rows of a question of the former record."""

    def rows(question, **parameters):
        return record.ask(question, parameters).rows

    return rows


@pytest.fixture(scope="module")
def figure(ask):
    """The one row of a figure, foreign patients unless another metric is named."""

    def row(region, year, metric="foreign_patients", **others):
        (found,) = ask("figure", metric=metric, region=region, year=year, **others)
        return found

    return row


def columns(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


# ---- Patients of Daegu


def test_2019(figure):
    found = figure(DAEGU, 2019)
    assert (found["value"], found["unit"], found["evidence"]) == (31183, "persons", "settled")
    assert found["printed_by"] == 6  # asiae, dailydg, hankyung, imaeil, incheonin, segye
    assert (found["previous_value"], found["change"]) == (17745, 13438)  # 31,183 - 17,745
    assert found["change_pct"] == pytest.approx(100 * 13438 / 17745)  # 75.728…
    assert found["printed_change_pct"] == 75.7


def test_2015_has_dissent(figure, ask):
    found = figure(DAEGU, 2015)
    assert (found["value"], found["evidence"], found["dissent_count"]) == (12988, "settled", 3)
    assert found["change_pct"] == pytest.approx(100 * (12988 - 9871) / 9871)  # 31.577…
    claims = ask("claims", metric="foreign_patients", region=DAEGU, year=2015)
    assert claims[0]["is_settled"]
    assert Counter(columns(claims, "value", "agreement")) == {
        (12988, "chosen"): 1,
        (12988, "same"): 3,
        (13000, "rounded support"): 1,
        (12000, "dissent"): 2,
        (15000, "dissent"): 1,
    }
    assert all(claim["source_id"] and claim["publisher"] and claim["title"] for claim in claims)


def test_russians_to_october_2016_are_not_compared(figure, ask):
    part = figure(DAEGU, 2016, nationality="RU", period="to-october")
    assert (part["value"], part["evidence"]) == (1322, "provisional")
    assert (part["previous_value"], part["change"], part["change_pct"]) == (None, None, None)
    year = figure(DAEGU, 2016, nationality="RU")
    assert (year["value"], year["previous_value"]) == (1295, 291)
    assert year["change_pct"] == pytest.approx(100 * (1295 - 291) / 291)  # 345.017…
    both = columns(
        ask("part_year", region=DAEGU, year=2016),
        "metric", "period", "nationality", "value", "annual_value", "annual_evidence",
    )  # fmt: skip
    assert both == [
        ("foreign_patients", "to-october", "KZ", 533, None, "no data"),
        ("foreign_patients", "to-october", "RU", 1322, 1295, "single source"),
        ("growth_pct", "to-october", "RU", 354, 345, "single source"),
    ]


def test_2023_has_no_figure_but_much_is_known(figure, ask):
    found = figure(DAEGU, 2023)
    assert (found["value"], found["evidence"], found["left_out_count"]) == (None, "no data", 1)
    known = {row["kind"]: row for row in ask("known_instead", region=DAEGU, year=2023)}
    assert {kind: (row["year"], row["value"]) for kind, row in known.items()} == {
        "left out": (2023, 10510),
        "share": (2023, 2.5),
        "previous figure": (2022, 14000),
        "next figure": (2024, 14646),
        "next change": (2024, -2.4),
    }
    (claim,) = ask("claims", metric="foreign_patients", region=DAEGU, year=2023)
    assert (claim["suspect"], claim["is_settled"], claim["agreement"]) == (True, False, "left out")
    after = figure(DAEGU, 2024)
    assert (after["value"], after["previous_value"], after["change"]) == (14646, None, None)


def test_nothing_is_known_instead_of_a_settled_figure(ask):
    assert ask("known_instead", region=DAEGU, year=2019) == ()


def test_share_of_korea(ask):
    (share,) = ask("share", region=DAEGU, year=2019)
    assert (share["value"], share["korea_value"]) == (31183, 497464)
    assert share["share_pct"] == pytest.approx(100 * 31183 / 497464)  # 6.268…
    assert (share["is_printed"], share["printed_share_pct"]) == (False, 6.3)
    before = 100 * 17745 / 378967
    assert share["change_points"] == pytest.approx(share["share_pct"] - before)
    (printed,) = ask("share", region=DAEGU, year=2023)
    assert (printed["share_pct"], printed["is_printed"], printed["value"]) == (2.5, True, None)
    (after,) = ask("share", region=DAEGU, year=2024)  # computed is not compared with printed
    assert after["is_printed"] is False
    assert (after["previous_share_pct"], after["change_points"]) == (None, None)


# ---- Groups of regions, and countries


def test_a_group_of_regions_is_asked_as_it_is_printed(figure, ask):
    """Seoul and Gyeonggi of 2012 have one count together, and neither has one of its own."""
    found = figure("KR-11;KR-41", 2012)
    assert (found["value"], found["unit"]) == (118678, "persons")
    assert figure("KR-11;KR-41", 2012, "spending_krw")["value"] == 230_500_000_000
    claims = ask("claims", metric="foreign_patients", region="KR-11;KR-41", year=2012)
    assert {row["value"] for row in claims if row["is_settled"]} == {118678}
    for region in ("KR-11", "KR-41"):
        assert figure(region, 2012)["value"] is None
        (group,) = (
            row for row in ask("known_instead", region=region, year=2012)
            if row["kind"] == "group" and row["unit"] == "persons"
        )  # fmt: skip
        assert (group["region"], group["value"]) == ("KR-11;KR-41", 118678)


def test_a_group_of_regions_is_said_in_words(ask):
    rows = ask("known_instead", region="KR-11", year=2012)
    use_language("en")
    said = [known_sentence(row) for row in rows]
    assert "2012: Seoul·Gyeonggi together 118,678 persons" in said


def test_every_country_with_figures_can_be_asked(ask):
    """All of the record, not only the ten candidates for the nine countries of end 2018."""
    rows = ask("countries")
    countries = {row["country"] for row in rows}
    assert countries >= {"AE", "AU", "US", "JP", "PH", "TW", "UZ", "RU", "KH", "KG"}
    assert "KR" not in countries
    assert len([row for row in rows if row["confidence"]]) == len(ask("centre_countries"))
    for country in countries:
        for question in (
            "country_patients", "country_outcomes", "country_agreements", "events", "map_centres"
        ):  # fmt: skip
            ask(question, country=country)
    japan = [row for row in ask("country_patients", country="JP") if row["value"] is not None]
    assert japan


# ---- The cluster reviews and their grants


@pytest.mark.parametrize(
    ("year", "grant", "together"),
    [(2017, 300, 300), (2018, 300, 300 + 300), (2019, 400, 300 + 300 + 400)],
)
def test_daegu_came_first_three_years_running(figure, ask, year, grant, together):
    assert figure(DAEGU, year, "review_rank")["value"] == 1
    assert figure(DAEGU, year, "cluster_grant_krw")["value"] == grant * 1_000_000
    assert figure(DAEGU, year, "cluster_grant_cumulative_krw")["value"] == together * 1_000_000
    (award,) = (
        row for row in ask("grants", region=DAEGU)
        if (row["year"], row["programme_id"]) == (year, "mct-cluster")
    )  # fmt: skip
    assert (award["rank"], award["grant_krw"]) == (1, grant * 1_000_000)
    assert (award["cumulative_krw"], award["is_settled"]) == (together * 1_000_000, True)


def test_review_record_ends_with_the_year_asked(ask):
    assert columns(ask("review_record", region=DAEGU, year=2019), "year", "rank", "judges") == [
        (2019, 1, 6), (2018, 1, None), (2017, 1, None), (2014, None, None)
    ]  # fmt: skip


def test_two_amounts_of_one_grant_are_never_added(figure, ask):
    """Incheon 2018: one source says 200 million, another 400 million."""
    awards = [row for row in ask("grants", region=INCHEON) if row["programme_id"] == "mct-cluster"]
    both = [row for row in awards if row["year"] == 2018]
    assert sorted(columns(both, "grant_krw", "evidence")) == [
        (200_000_000, "contested"), (400_000_000, "contested")
    ]  # fmt: skip
    assert [row["is_settled"] for row in both].count(True) == 1
    settled = next(row["grant_krw"] for row in both if row["is_settled"])
    before = 200_000_000  # 2017
    assert {row["cumulative_krw"] for row in both} == {before + settled}
    assert figure(INCHEON, 2018, "cluster_grant_krw")["value"] == settled
    assert figure(INCHEON, 2018, "cluster_grant_cumulative_krw")["value"] == before + settled


def test_grant_per_patient(ask):
    (row,) = ask("grant_per_patient", region=DAEGU, year=2019)
    assert row["grant_per_patient_krw"] == pytest.approx(400_000_000 / 31183)  # 12,827.5…


# ---- Events


def outcomes(ask, event_id):
    return {
        (row["measure"], row["country"], row["planned"]): row
        for row in ask("event_outcomes", event_id=event_id)
    }


def test_trade_fair_2020(ask, figure):
    found = outcomes(ask, "DG-2020-B2B")
    buyers = found["buyers", None, False]
    assert (buyers["value"], buyers["printed_by"]) == (34, 5)
    parts = {"CN": 16, "VN": 7, "RU": 5, "MN": 5, "JP": 2}
    assert {country: found["buyers", country, False]["value"] for country in parts} == parts
    assert (buyers["part_count"], buyers["part_sum"]) == (5, 35)  # 16 + 7 + 5 + 5 + 2
    assert found["attendees", None, False]["value"] == 54
    assert found["exhibitors", "KR", False]["value"] == 19
    held, planned = found["consultations", None, False], found["consultations", None, True]
    assert (held["value"], held["approximate"], held["evidence"]) == (200, True, "approximate")
    assert planned["value"] == 320
    assert figure(DAEGU, 2020, "event_consultations")["value"] == 200  # never 520, never 320
    assert figure(DAEGU, 2020, "event_buyers")["value"] == 34 + 54  # the fair and the conference
    agreements = figure(DAEGU, 2020, "event_agreements")  # 2 contracts, 1 venture, 1 MOU; 1 planned
    assert agreements["value"] == 2 + 1 + 1


def test_yakutsk_2016(ask):
    found = outcomes(ask, "DG-2016-YAK")
    assert {key: (row["value"], row["approximate"]) for key, row in found.items()} == {
        ("patients_consulted", "RU", False): (100, True),
        ("reservations", "RU", False): (50, True),
    }
    assert {row["printed_by"] for row in found.values()} == {2}
    proposed = outcomes(ask, "DG-2016-YAKT")
    assert {key: (row["value"], row["unit"], row["per"]) for key, row in proposed.items()} == {
        ("trainees", "RU", True): (17, "persons", None),
        ("training_fee", None, True): (10_000_000, "krw", "person"),
    }


def test_sakhalin_2016(ask):
    found = outcomes(ask, "DJ-2016-SAK")
    assert {key[:2]: (row["value"], row["approximate"]) for key, row in found.items()} == {
        ("attendees", "RU"): (500, True),
        ("sessions", None): (3, False),
        ("patients_consulted", "RU"): (200, True),
        ("inquiries", "RU"): (100, True),
        ("institutions", "KR"): (5, False),
    }
    assert not any(planned for _, _, planned in found)


def test_planned_events_and_undated_ones_are_not_held(figure, ask):
    listed = ask("year_events", region=DAEGU, year=2020)
    held = [row["event_id"] for row in listed if row["status"] == "held"]
    assert held == ["DG-2020-B2B", "DG-2020-APAAC"]
    assert figure(DAEGU, 2020, "events_held")["value"] == 2


# ---- A region without data: never a zero

METRICS = ["foreign_patients", "cluster_grant_krw", "events_held", "review_rank"]


@pytest.mark.parametrize("year", [2009, 2016, 2019, 2023])
@pytest.mark.parametrize("metric", METRICS)
def test_sejong_has_no_data_and_no_zero(record, needed, metric, year):
    asked = set()
    for name, question in record.questions().items():
        takes = {parameter.name for parameter in question.parameters}
        of_region = takes & {"region", "owner_region"}
        if not of_region:
            continue
        if metric == "review_rank" and any(
            parameter.domain == "dim_rankable_metric.metric" for parameter in question.parameters
        ):
            continue  # refused: an announced rank is never ranked again
        named = {"metric": metric, "year": year} | dict.fromkeys(of_region, SEJONG)
        given = needed(question, **{key: named[key] for key in takes & set(named)})
        measures = [
            column.name
            for column in question.columns
            if column.type in ("DECIMAL", "DOUBLE") and not column.name.startswith("korea_")
        ]
        for row in record.ask(name, given).rows:
            if row.get("region") in (None, SEJONG):  # others stand beside it for comparison
                assert [key for key in measures if row[key] is not None] == [], name
                assert row.get("evidence") in (None, "no data", "derived"), name
                assert not row.get("has_patients"), name
        asked.add(name)
    assert asked >= {"figure", "trend", "share", "target", "claims", "known_instead", "grants"}
    if metric != "review_rank":  # an announced rank is not ranked again
        ranking = record.ask("ranking", {"metric": metric, "year": year}).rows
        assert SEJONG not in [row["region"] for row in ranking]


def test_sejong_in_the_coverage(ask):
    rows = [row for row in ask("coverage") if row["region"] == SEJONG]
    assert len(rows) == 2025 - 2008 + 1  # first and last year with a claim about foreign patients
    assert {(row["value"], row["evidence"]) for row in rows} == {(None, "no data")}


# ---- Rankings


def test_ranking_2019(ask):
    rows = ask("ranking", metric="foreign_patients", year=2019)
    assert columns(rows, "rank", "region", "value") == [
        (1, "KR-11", 320284), (2, "KR-41", 53413), (3, "KR-27", 31183), (4, "KR-28", 24864),
        (5, "KR-26", 19748), (6, "KR-49", 14114), (7, "KR-30", 9296), (8, "KR-42", 1030),
    ]  # fmt: skip
    # The nine others have 497,464 - 473,932 = 23,532 together, of which Ulsan at least
    # 0.701 x 2,301 = 1,613: one alone has at most 21,919. None can have 24,864; one can have 19,749
    # or 14,115 (two: 28,230), two 9,297 (18,594; three: 27,891). Above 1,030 stand Ulsan and one
    # more at least, since the eight others have 21,915.
    assert columns(rows, "rank_best", "rank_worst", "rank_certain") == [
        (1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4), (5, 6, None), (6, 7, None), (7, 9, None),
        (10, 17, None),
    ]  # fmt: skip
    for row in rows:
        assert (row["of_count"], row["region_count"]) == (8, 17)
        assert row["low"] == row["high"] == row["value"]


def test_2008_is_no_baseline(ask):
    """It precedes registration: 27,480 patients of a few hospitals."""
    (figure,) = ask("figure", metric="foreign_patients", region="KR", year=2009)
    assert (figure["value"], figure["previous_value"], figure["change_pct"]) == (60201, None, None)


def test_districts_of_a_city_do_not_contradict_each_other(ask):
    """Gangnam-gu, Seocho-gu, Mapo-gu, Jung-gu and Songpa-gu of Seoul in 2024."""
    claims = ask("claims", metric="foreign_patients_subregion", region="KR-11", year=2024)
    assert {claim["agreement"] for claim in claims} <= {"chosen", "same", "rounded support"}
    (figure,) = ask("figure", metric="foreign_patients_subregion", region="KR-11", year=2024)
    assert (figure["value"], figure["evidence"]) == (None, "no data")


# ---- Asked once for all


def test_what_says_nothing_beside_a_figure_is_known_beforehand(ask, record):
    """A target or a figure of a group is there where it is said to be, and nowhere else."""
    said = {tuple(row.values()) for row in ask("beside_figures")}
    assert ("shared_figures", "foreign_patients", "KR-11", 2012) in said
    regions = [row["region"] for row in ask("regions")]
    for region in regions[:8]:
        for year in (2009, 2012, 2018, 2023):
            asked = {"metric": "foreign_patients", "region": region, "year": year}
            target = record.ask("target", asked).first["target"]
            assert (("target", *asked.values()) in said) == (target is not None), asked
            if region != "KR":
                groups = record.ask("shared_figures", asked).rows
                assert (("shared_figures", *asked.values()) in said) == bool(groups), asked


def test_the_outcomes_of_all_events_are_those_of_each(ask):
    every = ask("event_outcomes")
    first, *_others, last = dict.fromkeys(row["event_id"] for row in every)
    for event in (first, last):
        own = ask("event_outcomes", event_id=event)
        assert own == tuple(row for row in every if row["event_id"] == event)
