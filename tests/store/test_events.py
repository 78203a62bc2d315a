"""Events, what was announced and reported of them, and what may be added up of it."""

from random import Random

import pytest

DAEGU, DAEJEON, SEJONG = "KR-27", "KR-30", "KR-50"
YAKUTSK, SAKHALIN, FAIR = "DG-2016-YAK", "DJ-2016-SAK", "DG-2020-B2B"


@pytest.fixture(scope="module")
def ask(record):
    """Rows of a question of the former record."""

    def rows(question, **parameters):
        return record.ask(question, parameters).rows

    return rows


def columns(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


def stage(rows, name, unit="persons"):
    (found,) = (row for row in rows if (row["stage"], row["unit"]) == (name, unit))
    return found


# ---- The two trips of 2016


def test_yakutsk_is_read_exactly(ask):
    outcomes = ask("event_plan_result", event_id=YAKUTSK)
    assert columns(
        outcomes, "measure", "country", "unit", "reported_value", "reported_is_approximate"
    ) == [
        ("patients_consulted", "RU", "persons", 100, True),
        ("reservations", "RU", "persons", 50, True),
    ]
    assert [row["reported_evidence"] for row in outcomes] == ["approximate"] * 2
    assert [row["reported_printed_by"] for row in outcomes] == [2, 2]  # Daegu city and BZeroNews
    assert [row["planned_value"] for row in outcomes] == [None, None]
    assert [row["is_part"] for row in outcomes] == [False, False]


def test_sakhalin_is_read_exactly(ask):
    outcomes = ask("event_plan_result", event_id=SAKHALIN)
    assert columns(outcomes, "measure", "unit", "reported_value", "reported_is_approximate") == [
        ("attendees", "persons", 500, True),
        ("patients_consulted", "persons", 200, True),
        ("inquiries", "persons", 100, True),
        ("institutions", "institutions", 5, False),
        ("sessions", "sessions", 3, False),
    ]
    (context,) = (row for row in outcomes if row["measure"] == "inquiries")
    assert "not bookings" in context["reported_note"]


def test_inquiries_are_no_bookings(ask):
    of_trip = ask("event_stages", region=DAEJEON, year=2016)
    assert stage(of_trip, "inquiries")["value"] == 100
    assert not stage(of_trip, "inquiries")["is_step"]
    reserved = stage(of_trip, "reservations")
    assert (reserved["value"], reserved["reporting_count"]) == (None, 0)
    assert reserved["evidence"] == "no data"


# ---- Announced and reported


def test_the_fair_announced_320_and_reported_200_consultations(ask):
    rows = ask("event_plan_result", event_id=FAIR)
    (row,) = (row for row in rows if row["measure"] == "consultations")
    assert (row["planned_value"], row["reported_value"]) == (320, 200)
    assert row["planned_is_approximate"]
    assert row["reported_is_approximate"]
    assert row["reported_of_planned_pct"] == 62.5  # 100 * 200 / 320


def test_country_parts_stand_beside_their_total(ask):
    rows = [r for r in ask("event_plan_result", event_id=FAIR) if r["measure"] == "buyers"]
    assert columns(rows, "country", "is_part", "reported_value") == [
        (None, False, 34), ("CN", True, 16), ("JP", True, 2), ("MN", True, 5), ("RU", True, 5),
        ("VN", True, 7),
    ]  # fmt: skip
    # 16 + 2 + 5 + 5 + 7 = 35 is shown beside 34, not added and not put in its place.
    assert (rows[0]["reported_part_count"], rows[0]["reported_part_sum"]) == (5, 35)


def test_a_promised_agreement_is_no_agreement(ask):
    # Zhejiang MOU 1 + two contracts + one joint venture; the MOU with Mongolia was a promise.
    found = stage(ask("event_stages", region=DAEGU, year=2020), "agreements", "cases")
    assert (found["value"], found["reporting_count"]) == (4, 1)
    (mongolia,) = (r for r in ask("event_plan_result", event_id=FAIR) if r["country"] == "MN"
                   and r["measure"] == "mous")  # fmt: skip
    assert (mongolia["planned_value"], mongolia["reported_value"]) == (1, None)


def test_both_counts_of_erdenet_stay_visible(ask):
    claims = [
        row for row in ask("event_claims", event_id="DG-2019-MN")
        if row["measure"] == "patients_consulted"
    ]  # fmt: skip
    assert sorted(columns(claims, "value", "agreement")) == [(300, "dissent"), (380, "chosen")]
    # 300 is of a text without a date, 380 of 22 April; each stands in one paper.
    decided = columns(claims, "value", "is_settled", "lost_at", "printed_by")
    assert sorted(decided) == [(300, False, "date", 1), (380, True, None, 1)]
    assert len({row["cell_id"] for row in claims}) == 1
    found = stage(ask("event_stages", region=DAEGU, year=2019), "patients_consulted")
    assert (found["value"], found["dissent_count"]) == (380, 1)
    asked = {"metric": "event_patients_consulted", "year": 2019}
    (year,) = ask("figure", region=DAEGU, **asked)
    assert year["dissent_count"] == 1  # a sum has the dissent of its items, here 300 against 380
    (beside,) = (row for row in ask("ranking", **asked) if row["region"] == DAEGU)
    assert beside["dissent_count"] == 1


# ---- From attendance to contract


def test_stages_of_daejeon(ask):
    rows = ask("event_stages", region=DAEJEON)
    attended = stage(rows, "attendees")
    # Novosibirsk 100, Sakhalin 500, Viet Nam 100, forum 50; exact: agents 18, Khan-Uul 24
    assert (attended["approximate_value"], attended["exact_value"]) == (750, 42)
    assert (attended["approximate_count"], attended["exact_count"]) == (4, 2)
    assert (attended["value"], attended["reporting_count"]) == (792, 6)
    consulted = stage(rows, "patients_consulted")
    assert (consulted["value"], consulted["reporting_count"]) == (240, 2)  # Sakhalin 200, Aktau 40
    assert stage(rows, "reservations")["value"] == 10  # Aktau, of unknown date
    agreed = stage(rows, "agreements", "cases")
    assert (agreed["value"], agreed["exact_count"]) == (10, 2)  # Sakhalin 2013: 5, Novosibirsk: 5
    assert stage(rows, "consultations", "sessions")["value"] is None
    # 21 events, less 2 plans (2012 MICE, MITT 2015) and 2 not known to be held (Khabarovsk, Almaty)
    listed = ask("events", region=DAEJEON)
    assert attended["held_count"] == len(listed) - 4
    assert sorted(r["event_id"] for r in listed if r["event_status"] != "held") == [
        "DJ-2012-MICE", "DJ-2015-MITT", "DJ-ALA", "DJ-KHV",
    ]  # fmt: skip


def test_persons_participants_and_organisations_stay_apart(ask):
    rows = [row for row in ask("event_stages", region=DAEGU) if row["stage"] == "attendees"]
    apart = {row["unit"]: (row["value"], row["reporting_count"]) for row in rows}
    assert apart["organisations"] == (52, 2)  # Ningbo about 45, Zhengzhou 7
    assert apart["participants"] == (84, 2)  # East China about 30, trade fair 54
    assert set(apart) == {"persons", "organisations", "participants"}


def test_conversion_only_over_events_that_report_both(ask):
    rows = {(r["from_stage"], r["to_stage"]): r for r in ask("event_conversions")}
    booked = rows["patients_consulted", "reservations"]
    # Karaganda 300 → 25, Yakutsk 100 → 50, Aktau 40 → 10; the 100 of April 2016 have no first stage
    assert booked["event_ids"] == ("DG-2016-KZS", "DG-2016-YAK", "DJ-AKTAU")
    assert (booked["from_value"], booked["to_value"]) == (440, 85)
    assert booked["per_100"] == pytest.approx(100 * 85 / 440)  # 19.318…
    assert booked["approximate_count"] == 3
    consulted = rows["attendees", "patients_consulted"]
    assert consulted["event_ids"] == ("DG-2019-MN", "DJ-2016-SAK")
    assert consulted["per_100"] == pytest.approx(100 * (380 + 200) / (200 + 500))  # 82.857…
    assert consulted["dissent_count"] == 1
    none = rows["attendees", "reservations"]
    assert (none["event_count"], none["from_value"], none["per_100"]) == (0, None, None)


def test_yield_per_event_that_reports(ask):
    rows = {row["event_type"]: row for row in ask("event_yield", stage="reservations")}
    # April 2016 100, Karaganda 25, Yakutsk 50, Aktau 10: 185 / 4; the Kazakh students report none
    found = rows["consultation"]
    assert (found["mean_value"], found["reporting_count"], found["held_count"]) == (46.25, 4, 5)
    assert (found["least_value"], found["greatest_value"]) == (10, 100)
    assert found["approximate_count"] == 3
    assert (rows["briefing"]["mean_value"], rows["briefing"]["reporting_count"]) == (None, 0)


def test_every_breakdown_adds_up_to_the_whole(ask):
    whole = {(row["stage"], row["unit"]): row for row in ask("event_stages") if row["value"]}
    for by in ("event", "country", "year"):
        parts = [row for row in ask("event_stage_parts", by=by) if row["stage"]]
        for key, row in whole.items():
            own = [part for part in parts if (part["stage"], part["unit"]) == key]
            assert sum(part["value"] for part in own) == row["value"]
            assert sum(part["reporting_count"] for part in own) == row["reporting_count"]
            assert sum(part["approximate_count"] for part in own) == row["approximate_count"]


def test_a_breakdown_names_parts_of_which_nothing_is_reported(ask):
    years = ask("event_stage_parts", by="year", region=DAEGU)
    # 2014: Beijing, Phnom Penh, Mississauga; none with a stage
    assert [(r["held_count"], r["stage"]) for r in years if r["year"] == 2014] == [(3, None)]
    assert years[-1]["year"] is None


def test_sejong_has_no_event_and_no_zero(ask):
    assert ask("events", region=SEJONG) == ()
    rows = ask("event_stages", region=SEJONG)
    assert {row["value"] for row in rows} == {None}
    assert {row["held_count"] for row in rows} == {0}
    assert ask("event_stage_parts", by="year", region=SEJONG) == ()
    assert ask("event_yield", stage="agreements", region=SEJONG) == ()


# ---- When


@pytest.mark.parametrize(
    ("event_id", "earliest", "latest"),
    [
        (YAKUTSK, "2016-11-28", "2016-12-02"),
        ("DG-2016-KZS", "2016-09-01", "2016-09-30"),
        ("DG-2009-GROUP", "2009-02-01", "2009-03-31"),
        ("DG-2018-COMP", "2018-01-01", "2018-12-31"),
        ("DJ-2012-BUS", "2012-08-02", "2012-12-31"),
        ("DJ-2014-TR", "2014-01-26", "2014-01-26"),
        ("DJ-AKTAU", None, None),
    ],
)
def test_a_partial_date_is_a_span(ask, event_id, earliest, latest):
    (event,) = ask("events", event_id=event_id)
    assert (event["earliest_on"], event["latest_on"]) == (earliest, latest)


def test_undated_events_are_in_all_years_only(ask):
    everything = ask("events")
    undated = [row["event_id"] for row in everything if row["year"] is None]
    assert len(everything) == 98
    assert len(undated) == 9
    years = {row["year"] for row in everything} - {None}
    dated = [row["event_id"] for year in years for row in ask("events", year=year)]
    assert sorted(dated + undated) == sorted(row["event_id"] for row in everything)


def test_institutions_are_those_of_shared_sources(ask):
    rows = ask("event_institutions", event_id=YAKUTSK)
    (event,) = ask("events", event_id=YAKUTSK)
    assert "sakha-national-eye-hospital" in {row["institution_id"] for row in rows}
    assert all(row["source_ids"] for row in rows)
    assert all(set(row["source_ids"]) <= set(event["source_ids"]) for row in rows)


# ---- Whatever the events report

MEASURES = {
    "attendees": ("persons", "participants", "organisations"),
    "patients_consulted": ("persons",),
    "reservations": ("persons",),
}


def drawn_events(seed=8622):
    """Events of two regions with outcomes of every kind: planned, rounded, by country, by unit."""
    draw = Random(seed)
    for number in range(80):
        event = {
            "event_id": f"XX-{number}",
            "owner_region": draw.choice([DAEGU, DAEJEON]),
            "status": draw.choice(["held", "held", "unknown"]),
            "event_type": draw.choice(["briefing", "expo", "onsite_review"]),
            "start_date": draw.choice(["2018", "2018-04", "2019-05-01", ""]),
            "source_ids": "paper",
        }
        outcomes = {}
        for _ in range(draw.randrange(6)):
            measure = draw.choice(list(MEASURES))
            outcome = {
                "event_id": event["event_id"],
                "measure": measure,
                "unit": draw.choice(MEASURES[measure]),
                "country": draw.choice(["", "RU", "KZ"]),
                "planned": draw.choice(["false", "false", "true"]),
                "value": str(draw.randrange(1, 500)),
                "approximate": draw.choice(["true", "false"]),
                "source_ids": "paper",
            }
            outcomes[tuple(list(outcome.values())[:5])] = outcome
        yield event, list(outcomes.values())


def settled_sum(outcomes):
    """Value of an event: its total, else the sum of its countries; and whether any is rounded."""
    shown = [o for o in outcomes if not o["country"]] or outcomes
    rough = any(o["approximate"] == "true" for o in shown)
    return sum(int(o["value"]) for o in shown), rough


def precision(start):
    return {0: "unknown", 4: "year", 7: "month", 10: "day"}[len(start)]


@pytest.fixture(scope="module")
def drawn():
    return list(drawn_events())


@pytest.fixture(scope="module")
def drawn_record(small_record, drawn):
    return small_record(
        {
            "sources": [{"source_id": "paper"}],
            "events": [
                {**event, "date_precision": precision(event["start_date"])} for event, _ in drawn
            ],
            "event_outcomes": [outcome for _, outcomes in drawn for outcome in outcomes],
        }
    )


@pytest.mark.parametrize("region", [None, DAEGU, DAEJEON])
@pytest.mark.parametrize("year", [None, 2018, 2019])
def test_only_settled_figures_of_held_events_add_up(drawn, drawn_record, region, year):
    held = [
        outcomes
        for event, outcomes in drawn
        if event["status"] == "held"
        and event["event_type"] != "onsite_review"
        and region in (None, event["owner_region"])
        and (year is None or event["start_date"].startswith(str(year)))
    ]
    rows = drawn_record.ask("event_stages", {"region": region, "year": year}).rows
    assert {row["held_count"] for row in rows} == {len(held)}
    for row in rows:
        own = [
            [
                outcome for outcome in outcomes
                if (outcome["measure"], outcome["unit"]) == (row["stage"], row["unit"])
                and outcome["planned"] == "false"
            ]
            for outcomes in held
        ]  # fmt: skip
        known = [settled_sum(outcomes) for outcomes in own if outcomes]
        assert row["reporting_count"] == len(known)
        assert row["value"] == (sum(value for value, _rough in known) if known else None)
        assert row["approximate_count"] == sum(rough for _value, rough in known)
        assert row["exact_count"] == sum(not rough for _value, rough in known)
        assert (row["exact_value"] or 0) + (row["approximate_value"] or 0) == (row["value"] or 0)


def test_a_conversion_never_takes_an_event_that_reports_one_stage_only(drawn, drawn_record):
    for row in drawn_record.ask("event_conversions").rows:
        values = []
        for event, outcomes in drawn:
            if event["status"] != "held" or event["event_type"] == "onsite_review":
                continue
            pair = [
                [
                    o for o in outcomes
                    if (o["measure"], o["unit"], o["planned"]) == (stage, "persons", "false")
                ]
                for stage in (row["from_stage"], row["to_stage"])
            ]  # fmt: skip
            if all(pair):
                values.append([settled_sum(part)[0] for part in pair])
        assert row["event_count"] == len(values) == len(row["event_ids"])
        assert row["per_100"] == pytest.approx(
            100 * sum(to for _of, to in values) / sum(of for of, _to in values)
        )


def test_a_mean_rests_on_the_events_that_report(drawn, drawn_record):
    for row in drawn_record.ask("event_yield", {"stage": "reservations"}).rows:
        values = [
            settled_sum(found)[0]
            for event, outcomes in drawn
            if (event["status"], event["event_type"]) == ("held", row["event_type"])
            and (
                found := [
                    o for o in outcomes
                    if (o["measure"], o["planned"]) == ("reservations", "false")
                ]
            )
        ]  # fmt: skip
        assert row["reporting_count"] == len(values)
        assert row["mean_value"] == pytest.approx(sum(values) / len(values))
        assert (row["least_value"], row["greatest_value"]) == (min(values), max(values))
