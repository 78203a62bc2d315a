"""The report of events: all that fit what was asked for, or everything about one."""

import pytest

from dashboard.content.compose import draft
from dashboard.content.document import ChartBlock, DotChart, KeyFigures, Points, Table
from dashboard.content.event_timeline import event_timeline
from dashboard.content.links import link_to
from dashboard.errors import UsageError
from dashboard.i18n import speaking

DAEGU, SEJONG = "KR-27", "KR-50"


@pytest.fixture(scope="module")
def daegu(report):
    return report("events", "en", region=DAEGU, year=2016)


def blocks(report, kind):
    return [block for section in report.sections for block in section.blocks if type(block) is kind]


def section(report, title):
    (found,) = (one for one in report.sections if one.title == title)
    return found


def points(section):
    return [block for block in section.blocks if isinstance(block, Points)]


def funnel(report):
    figures, *_said_for_charts = blocks(report, KeyFigures)
    return {figure.key: figure for figure in figures.figures}


def test_daegu_2016(daegu, report):
    assert daegu.is_led
    assert daegu.sections[0].title == (
        "Daegu, 2016: 16 events in the record, 14 held, 2 with the number of patients consulted"
    )
    korean = report("events", "ko", region=DAEGU, year=2016)
    assert korean.sections[0].title == (
        "대구, 2016년: 기록된 행사 16건, 개최 확인 14건, 상담 환자 수 확인 2건"
    )
    for chart in (*blocks(daegu, ChartBlock), *blocks(daegu, DotChart)):
        assert chart.answer is not None, chart.title


def test_stages_are_counted_in_events_and_their_sums_stand_in_words(daegu):
    stages, *_yields = blocks(daegu, ChartBlock)
    _funnel, conversions, *_others = blocks(daegu, KeyFigures)  # one bar is said, not drawn
    at = stages.categories.index("Reservations")
    # Of 3 events with reservations 1 prints an exact number (25), 2 a rounded one (100 + 50).
    assert [series.cells[at].value for series in stages.series] == [1, 2]
    assert [series.is_striped for series in stages.series] == [False, True]
    (words,) = points(section(daegu, "How many events report each stage"))
    (rates,) = points(section(daegu, "From attendance to contract"))
    said = [item.text for item in words.items]
    assert (
        "Reservations: ≈ 175 persons (25 of it exact) · 3 of 14 events · approximate in 2" in said
    )
    assert "Patients consulted: ≈ 400 persons · 2 of 14 events · approximate in 2" in said
    # 25 + 50 of 300 + 100 = 18.75 per 100; the third event does not say whom it consulted
    known = [one.cell for one in conversions.figures]
    assert [(cell.text, cell.evidence) for cell in known] == [
        ("≈ 18.8 per 100 persons", "approximate")
    ]
    assert [item.text for item in rates.items] == [
        "Patients consulted → Reservations: ≈ 400 persons → ≈ 75 persons · 2 events"
    ]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_two_bars_of_the_stages_have_one_name(report, language):
    """Attendees of Daegu's events stand as persons, as participants and as organisations."""
    stages, *_rest = blocks(report("events", language, region=DAEGU), ChartBlock)
    of_attendees = {"en": "Attendees (", "ko": "참석자("}[language]
    names = [name for name in stages.categories if name.startswith(of_attendees)]
    assert len(names) == len({*names}) == 3


def test_every_event_leads_to_its_page(daegu, tables):
    rows = tables(daegu, "events")
    leads = [row["title"].link for row in rows]
    assert {link.page for link in leads} == {""}  # the filters stay
    assert dict(leads[0].parameters)["event"] == "DG-2016-YAK"
    # 16 of the year, and 2 of unknown date which may belong to it
    assert len(rows) == 18
    undated = daegu.sections[-1]
    assert undated.title == "2 events of unknown date"
    assert "Suseong-gu briefings in Tokyo and Osaka" in [
        row[1].text for row in undated.blocks[0].rows
    ]
    assert undated.blocks[0].note == "Not counted in the chosen year; they may belong to it."


def test_stages_by_what_was_not_chosen(daegu, report, tables):
    assert {table.title for table in blocks(daegu, Table) if table.title} == {"Stages by country"}
    kazakh = report("events", "en", region="KR", country="KZ")
    assert {table.title for table in blocks(kazakh, Table) if table.title} == {"Stages by year"}
    assert kazakh.sections[0].title.startswith("All regions, all years, Kazakhstan: 7 events")
    of_2016 = {row["country"].text: row for row in tables(daegu, "event_stage_parts")}["Russia"]
    assert of_2016["reservations"].evidence == "approximate"


def test_each_step_of_the_funnel_counts_the_events_that_report_it(daegu):
    steps = funnel(daegu)
    assert list(steps) == [
        "stage-attendees", "stage-patients_consulted", "stage-reservations", "stage-agreements"
    ]  # fmt: skip
    # 25 exact, 100 and 50 rounded
    reserved = steps["stage-reservations"]
    assert (reserved.cell.text, reserved.cell.value) == ("≈ 175 persons", 175)
    assert reserved.note == "Reported by 3 of 14 held events"
    assert reserved.behind == link_to("", reporting="reservations")


def test_events_that_led_to_reservations_are_one_filter(report, tables):
    found = report("events", "en", region=DAEGU, reporting="reservations")
    assert found.sections[0].title == (
        "Daegu, all years, “Reservations” reported: 3 events in the record, 3 held, "
        "2 with the number of patients consulted"
    )
    rows = tables(found, "events")
    assert len(rows) == 3
    assert all(row["reservations"].value for row in rows)
    assert funnel(found)["stage-reservations"].note == "Reported by 3 of 3 held events"
    # 25 + 50 of 300 + 100, as of all events of the region: the others report no reservation.
    assert [item.text for block in points(found.sections[1]) for item in block.items] == [
        "Patients consulted → Reservations: ≈ 400 persons → ≈ 75 persons · 2 events"
    ]


def test_events_chosen_one_by_one_are_taken_together_whatever_the_filters(report, tables):
    both = report("events", "en", region="KR-50", event="DG-2016-YAK,DJ-2016-SAK")
    assert both.sections[0].title.startswith("2 events chosen: 2 events in the record, 2 held")
    assert len(tables(both, "events")) == 2
    steps = funnel(both)
    # Yakutsk ≈ 100 persons, Sakhalin ≈ 200; of 100 in Yakutsk 50 reserved; attendees of one alone.
    assert steps["stage-patients_consulted"].cell.text == "≈ 300 persons"
    assert steps["stage-reservations"].cell.text == "≈ 50 persons"
    assert steps["stage-reservations"].note == "Reported by 1 of 2 held events"
    assert steps["stage-attendees"].cell.text == "≈ 500 persons"
    none = steps["stage-agreements"]
    assert (none.cell.value, none.cell.evidence, none.behind) == (None, "no data", None)


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [("ko", "야쿠츠크 설명회", 1), ("en", "yakutsk BRIEFING", 1), ("en", "no such word", 0)],
)
def test_words_are_looked_for_in_titles_and_places(report, tables, language, text, count):
    found = report("events", language, region=DAEGU, year=2016, text=text, reporting="reservations")
    assert len(tables(found, "events")) == count
    if not count:
        assert found.sections[0].title == (
            "Daegu, 2016, “Reservations” reported, with “no such word”: the record has no event"
        )


def test_a_stage_that_there_is_none_of_is_refused(record):
    with pytest.raises(UsageError, match="no such code") as refused:
        draft(record, "events", {"reporting": "marriages"}, "en")
    assert "reservations" in refused.value.remedy


def test_a_region_without_events_is_no_zero(report):
    sejong = report("events", "en", region=SEJONG)
    assert sejong.sections[0].title == "Sejong, all years: the record has no event"
    assert sejong.sections[0].blocks[0].text.startswith("That is no zero")
    assert len(sejong.sections) == 1


def test_an_event_is_a_report_whatever_the_filters(record, tables):
    asked = {"region": "KR-30", "year": 2023, "event": "DG-2016-YAK"}
    yakutsk = draft(record, "events", asked, "en")
    assert yakutsk.sections[0].title == (
        "Medical consultations and briefing in Yakutsk: "
        "Patients consulted ≈ 100 persons, Reservations ≈ 50 persons"
    )
    assert len(tables(yakutsk, "event_plan_result")) == 2
    assert all(row["planned_value"].value is None for row in tables(yakutsk, "event_plan_result"))
    assert tables(yakutsk, "event_claims")
    sakhalin = draft(record, "events", {"event": "DJ-2016-SAK"}, "en")
    assert (
        "Attendees ≈ 500 persons, Patients consulted ≈ 200 persons, "
        "Inquiries ≈ 100 persons (not a booking)"
    ) in sakhalin.sections[0].title


@pytest.mark.parametrize(
    ("name", "value", "known"),
    [
        ("event_type", "x", "briefing"),
        ("country", "XX", "KZ"),
        ("event", "DG-2016-YAKK", "Known: DG-2016-YAK, DG-2016-YAKT,"),
        ("event", "DG-2016-YAK,DG-2016-YAKK", "Known: DG-2016-YAK, DG-2016-YAKT,"),
        ("region", "KR-99", "KR-27"),
    ],
)
def test_what_no_event_has_is_refused_with_what_there_is(record, name, value, known):
    with pytest.raises(UsageError, match="no such code") as refused:
        draft(record, "events", {name: value}, "en")
    assert known in refused.value.remedy


def event(number, start, end=None, event_type="briefing", status="held"):
    return {
        "event_id": f"XX-{number}",
        "event_type": event_type,
        "title": f"Event {number}",
        "event_status": status,
        "start_on": start,
        "end_on": end or start,
        "earliest_on": start,
        "latest_on": end or start,
        "city": "Yakutsk",
        "country": "RU",
        "year": int(start[:4]) if start else None,
        "source_ids": [],
    }


def timeline(*rows):
    with speaking("en"):
        return event_timeline(rows)


def test_a_review_of_the_ministry_is_counted_apart_from_held_events():
    """Of three events that took place one is a review: two are held, as everywhere else."""
    chart = timeline(
        event(1, "2019-01-10", event_type="onsite_review"),
        event(2, "2019-05-01"),
        event(3, "2019-06-01"),
    )
    assert chart.lanes == ("Briefing (2)", "Onsite review (1)")


def test_a_type_is_one_lane_in_which_what_is_not_known_to_have_been_held_is_hollow():
    chart = timeline(
        event(1, "2016-01-01", "2016-01-03"),
        event(2, "2016-05-01", status="planned"),
        event(3, "2016-09-01", status="unknown"),
    )
    assert chart.lanes == ("Briefing (3, 1 held)",)
    assert [(dot.is_subject, dot.is_hollow) for dot in chart.dots] == [
        (True, False), (False, True), (False, True)
    ]  # fmt: skip
    assert [(dot.at, dot.end) for dot in chart.dots] == [
        ("2016-01-01", "2016-01-03"), ("2016-05-01", None), ("2016-09-01", None)
    ]  # fmt: skip
    assert "Hollow: not known to have been held." in chart.note
    assert "Hollow" not in timeline(event(1, "2016-01-01")).note


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ([], "The record has no such event"),
        ([event(1, "2016-01-01")], "2016: 1 event"),
        ([event(1, None)], "1 event, its date unknown"),
        (
            [
                event(n, day)
                for n, day in enumerate(["2016-01-01", "2018-01-01", "2018-02-01", None])
            ],
            "3 recorded events from 2016 to 2018, the most in 2018 (2); 1 more of unknown date",
        ),
    ],
)
def test_the_finding_counts_what_it_leaves_out(rows, finding):
    chart = timeline(*rows)
    assert chart.title == finding
    assert chart.alt.startswith(finding)


def test_a_choice_without_events_in_a_year_leads_to_the_years_that_have_some(shipped_record):
    """Ulsan: four events held in 2017 and three in 2018, one planned for 2014; none in 2023."""
    made = draft(shipped_record, "events", {"region": "KR-31", "year": 2023}, "en")
    (table,) = (block for block in made.sections[0].blocks if isinstance(block, Table))
    assert [tuple(cell.text for cell in row) for row in table.rows] == [
        ("2018", "3"),
        ("2017", "4"),
        ("2014", "1"),
    ]
    assert dict(table.rows[0][0].link.parameters) == {"year": "2018"}
    none = draft(shipped_record, "events", {"region": "KR-31", "text": "no such words"}, "en")
    assert not any(isinstance(block, Table) for block in none.sections[0].blocks)
