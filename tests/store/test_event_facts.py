"""Who took part in events, and what was given, visited, proposed and said there."""

import pytest

TOUR, REVIEW = "DJ-2023-FAM", "DG-2019-ONSITE"


@pytest.fixture(scope="module")
def fair(small_record):
    """An event with participants and a programme, as few words as it takes."""
    hospital = {"institution_id": "sun", "name_en": "Sun Hospital (main)", "name_ko": "선병원"}
    common = {"kind": "hospital", "country": "KR", "source_ids": "paper"}
    row = {"event_id": "DG-2019-FAIR", "source_ids": "paper"}
    return small_record(
        {
            "sources": [{"source_id": "paper"}, {"source_id": "journal"}],
            "institutions": [
                hospital | common,
                {"institution_id": "moon-a", "name_en": "Moon Clinic"} | common,
                {"institution_id": "moon-b", "name_en": "Moon Clinic"} | common,
            ],
            "events": [{"event_id": "DG-2019-FAIR", "source_ids": "paper"}],
            "event_participants": [
                row | {"seq": "1", "role": "attendee", "participant_en": "sun hospital main"},
                row | {"seq": "2", "role": "attendee", "participant_en": "Moon Clinic"},
                row | {"seq": "3", "role": "host", "institution_id": "sun"},
            ],
            "event_programme": [
                row | {"seq": "1", "kind": "plan", "text_en": "More fairs"},
                row | {"seq": "2", "kind": "stop", "day": "2", "text_en": "A lake"},
                row
                | {"seq": "3", "kind": "stop", "day": "1", "text_en": "Ward"}
                | {"institution_id": "sun"},
                row
                | {"seq": "4", "kind": "treatment", "day": "1", "text_en": "Chuna therapy"}
                | {"institution_id": "sun", "source_ids": "journal"},
                row
                | {"seq": "5", "kind": "lecture", "text_en": "Marketing"}
                | {"given_by_en": "A professor"},
            ],
        }
    )


def taken(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


def test_a_participant_is_the_institution_that_alone_has_its_name(fair):
    rows = fair.ask("event_participants", {"event_id": "DG-2019-FAIR"}).rows
    assert taken(rows, "participant_role", "participant", "institution_id", "day") == [
        ("host", "Sun Hospital (main)", "sun", None),  # no words of its own: the name
        ("speaker", "A professor", None, None),  # who gives a lecture
        ("visited", "Sun Hospital (main)", "sun", 1),  # two stops there are one visit
        ("visited", "A lake", None, 2),
        ("attendee", "sun hospital main", "sun", None),  # case and brackets apart
        ("attendee", "Moon Clinic", None, None),  # two have the name: neither is meant
    ]
    assert rows[2]["source_ids"] == ("journal", "paper")


def test_an_institution_knows_its_events(fair):
    rows = fair.ask("event_participants", {"institution_id": "sun"}).rows
    assert taken(rows, "participant_role") == [("host",), ("visited",), ("attendee",)]


def test_a_route_stands_in_the_order_of_days_and_stops(fair):
    rows = fair.ask("event_programme", {"event_id": "DG-2019-FAIR"}).rows
    assert taken(rows, "programme_kind", "day", "text", "institution") == [
        ("stop", 1, "Ward", "Sun Hospital (main)"),
        ("treatment", 1, "Chuna therapy", "Sun Hospital (main)"),
        ("stop", 2, "A lake", None),
        ("lecture", None, "Marketing", None),
        ("plan", None, "More fairs", None),
    ]


def test_the_tour_of_daejeon_is_known_stop_by_stop(shipped_record):
    rows = shipped_record.ask("event_programme", {"event_id": TOUR}).rows
    assert taken((row for row in rows if row["is_route"]), "day", "text", "institution_id") == [
        (1, "Daecheongho Lake Obaekri-gil", "daecheongho-lake-obaekri-gil"),
        (1, "Sky Road", "sky-road"),
        (1, "Sungsimdang Bakery", "sungsimdang-bakery"),
        (2, "Skin-care programme", "always-skin-care-daejeon"),
        (2, "Cancer Center", "konyang-university-hospital"),
        (2, "Health Screening Center", "konyang-university-hospital"),
        (2, "Chuna therapy", "phil-oriental-medicine-hospital"),
    ]


def test_the_route_of_the_review_is_said_once_and_belongs_to_its_event(shipped_record):
    rows = shipped_record.ask("event_programme", {"event_id": REVIEW}).rows
    visited = shipped_record.ask("event_participants", {"event_id": REVIEW}).rows
    route = [row["institution_id"] for row in rows if row["is_route"]]
    assert route == [
        "daegu-medical-tourism-information-center",
        "daegu-medical-tourism-promotion-institute",
        "bl-plastic-surgery-clinic",
        "sky-lake",
        "kimgwangseok-gil",
    ]
    assert route == [
        row["institution_id"] for row in visited if row["participant_role"] == "visited"
    ]
    labels = [row["institution_id"] for row in rows if row["programme_kind"] == "distinction"]
    assert labels == ["sky-lake", "kimgwangseok-gil"]
