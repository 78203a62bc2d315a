"""Every agreement has a page, and every institution one with its events, agreements and centres."""

import re

import pytest

from dashboard.catalogue import read_catalogue
from dashboard.content.agreements import agreements_slides
from dashboard.content.compose import draft
from dashboard.content.document import ChartBlock, Table
from dashboard.content.query_context import QueryContext
from dashboard.i18n import label, speaking
from dashboard.search import find
from dashboard.settings import settings


@pytest.fixture(scope="module")
def page(shipped_record):
    """The agreements page of some parameters."""

    def composed(code="en", **asked):
        return draft(shipped_record, "agreements", asked, code)

    return composed


def tables(report):
    return [block for one in report.sections for block in one.blocks if isinstance(block, Table)]


def facts(report):
    return {row[0].text: row[1].text for row in tables(report)[0].rows}


def dated(report):
    with speaking("en"):
        return facts(report)[label("column", "signed_on")]


def ids(table):
    return [dict(row[0].link.parameters)["agreement"] for row in table.rows]


def test_the_list_has_every_agreement_and_leads_to_each(shipped_record, page):
    listed = ids(tables(page())[0])
    known = [row["agreement_id"] for row in shipped_record.ask("agreements").rows]
    assert len(known) == 130
    assert listed == known
    title = page().sections[0].title
    assert title.startswith("All regions, all years: 130 agreements in the record (")
    # The states in the title are all of them: their numbers add up.
    assert sum(map(int, re.findall(r" (\d+)[,)]", title))) == 130


def test_filters_narrow_it_and_an_agreement_of_no_event_is_there(shipped_record, page):
    without = [r for r in shipped_record.ask("agreements").rows if r["event_id"] is None]
    assert len(without) == 29
    for row in without:
        chosen = {
            "agreement_kind": row["agreement_kind"],
            "agreement_state": row["agreement_state"],
            "region": row["regions"][0],
            **({"year": row["year"]} if row["year"] else {}),
        }
        assert row["agreement_id"] in ids(tables(page(**chosen))[0])


@pytest.mark.parametrize("code", ["ko", "en"])
def test_every_agreement_has_a_page_that_says_all_of_it(shipped_record, page, code):
    for row in shipped_record.ask("agreements").rows:
        report = page(code, agreement=row["agreement_id"])
        folded = [one for one in report.sections if one.is_folded]
        assert [block.text for one in folded for block in one.blocks] == [row["agreement_id"]]
        assert row["agreement_id"] not in facts(report).values()
        assert {source.source_id for source in report.sources} == set(row["source_ids"])


@pytest.mark.parametrize(
    ("agreement", "party", "institution"),
    [
        # By its name, by one before a bracket, by one with a comma, and by another name of it.
        ("AG-020", "Medicity Daegu Council", "medicity-daegu-council"),
        ("AG-016", "MONOS Group (Mongolia)", "monos-group"),
        (
            "dg-2020-b2b-feibi",
            "Xi'an Feibi Healthcare Co., Ltd.",
            "xian-feibi-healthcare-co-ltd",
        ),
        ("AG-033", "BL clinic", "bl-plastic-surgery-clinic"),
        # Two parties, of which the record knows the second.
        ("AG-076", "Daejeon city", None),
        ("AG-076", "Daejeon Tourism Organization", "daejeon-tourism-organization"),
        # Of the same name as two hospitals of one foundation: neither.
        ("AG-077", "Sun Hospital (California)", None),
    ],
)
def test_a_party_leads_to_its_institution_and_back(page, agreement, party, institution):
    (cell,) = (row[1] for row in tables(page(agreement=agreement))[0].rows if row[1].text == party)
    led = dict(cell.link.parameters)["institution"] if cell.link else None
    assert led == institution
    if institution:
        titles = {s.title: s for s in page(institution=institution).sections}
        assert agreement in ids(titles["Agreements"].blocks[0])


def test_an_inferred_date_says_so(shipped_record, page):
    rows = shipped_record.ask("agreements").rows
    inferred = [row for row in rows if row["is_date_inferred"] and row["signed_on"]]
    assert inferred
    for row in inferred:
        assert "(inferred, not printed)" in dated(page(agreement=row["agreement_id"]))
    printed = next(r for r in rows if r["signed_on"] and not r["is_date_inferred"])
    assert "inferred" not in dated(page(agreement=printed["agreement_id"]))


def test_an_institution_has_its_events_agreements_and_centres(page):
    """Three of its centres are of Keimyung University Dongsan Medical Center in the first lines."""
    report = page(institution="keimyung-university-dongsan-medical-center")
    titles = [section.title for section in report.sections]
    assert titles[1:] == ["Events", "Agreements", "Promotion centres"]
    events, _agreements, centres = tables(report)
    assert "Medical consultations and briefing in Yakutsk" in [row[1].text for row in events.rows]
    # Almaty 2009 and 2016, Yakutsk, Bishkek, Irkutsk: the operator begins with its name.
    assert {row[0].text for row in centres.rows} == {"Almaty", "Yakutsk", "Bishkek", "Irkutsk"}


def test_every_institution_has_a_page(shipped_record, page):
    rows = shipped_record.ask("institutions").rows
    assert len(rows) == 150
    for row in rows:
        assert page(institution=row["institution_id"]).sections


def test_search_leads_to_an_agreement_of_no_event_and_to_an_institution(shipped_record):
    catalogue = read_catalogue(settings().queries)
    row = next(r for r in shipped_record.ask("agreements").rows if r["event_id"] is None)
    with speaking("en"):
        hits = find(shipped_record, catalogue, f"{row['subject']} {row['other_parties'][0]}")
    led = [hit.parameters.get("agreement") for hit in hits if hit.page == "agreements"]
    assert row["agreement_id"] in led
    with speaking("en"):
        (hit,) = (
            h for h in find(shipped_record, catalogue, "Leader Consult") if h.kind == "institution"
        )
    assert (hit.page, hit.parameters) == ("agreements", {"institution": "leader-consult"})


def test_a_year_without_agreement_is_no_slide(shipped_record, page):
    assert page(region="KR-50").sections[0].title.startswith("Sejong, all years: 0 agreements")


def test_a_slide_has_the_agreements_that_its_heading_counts(shipped_record):
    """Daegu 2019: of 14 are 8 signed, 5 planned, 1 proposed: in one table, most first.

    Institutions are of the region and of every year: they are on the page and no slide.
    """
    context = QueryContext(shipped_record, shipped_record.current())
    with speaking("en"):
        (slide,) = agreements_slides(context, "KR-27", 2019, None)
        assert agreements_slides(context, "KR-50", 2019, None) == []
    counted = "Daegu, 2019: 14 agreements in the record (signed 8, planned 5, proposed 1)"
    assert slide.title == counted
    table, partners = slide.blocks
    state = [column.name for column in table.columns].index("agreement_state")
    assert [row[state].text for row in table.rows] == ["signed"] * 8 + ["planned"] * 5 + [
        "proposed"
    ]
    assert partners.text.startswith("With whom: Vietnam 5, ")
    asked = {"region": "KR-27", "year": 2019}
    assert sorted(ids(table)) == sorted(
        row["agreement_id"] for row in shipped_record.ask("agreements", asked).rows
    )


def charts(report):
    return {
        section.title: block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, ChartBlock)
    }


def test_years_and_countries_are_counted_and_the_chosen_year_is_picked_out(page):
    """Daegu: 14 of its 50 in 2019, 3 of unknown date; of 2019 five with Vietnam, two in no country.

    5 Vietnam + 2 China + 2 Mongolia + 1 Turkmenistan + 1 Uzbekistan + 1 Kazakhstan = 12 of 14.
    """
    found = charts(page(region="KR-27", year=2019))
    years = found["By year"]
    assert years.title == "Most in 2019: 14 of 50 in the record"
    chosen, others = years.series
    assert [cell.value for cell in chosen.cells if cell.value] == [14]
    assert years.categories[[cell.value for cell in chosen.cells].index(14)] == "2019"
    assert sum(cell.value or 0 for cell in others.cells) == 50 - 14 - 3
    assert years.note == "3 of unknown date are in no bar"
    countries = found["By country"]
    assert countries.title == "Most with Vietnam: 5 of 14 in the record"
    assert sum(cell.value for cell in countries.series[0].cells) == 12
    assert countries.note.startswith("2 within Korea")


def test_equals_are_both_named_and_one_country_alone_is_said(page):
    """Busan 2024: of four are three with Mongolia, one names no country: a single bar."""
    report = page(region="KR-26", year=2024)
    assert "By country" not in charts(report)
    sentence, said = (
        block for one in report.sections if one.title == "By country" for block in one.blocks
    )
    assert sentence.text == "Most with Mongolia: 3 of 4 in the record"
    assert [(one.name, one.cell.value) for one in said.figures] == [("Mongolia", 3)]
    assert charts(report)["By year"].title.startswith("Most in 2016, 2024: 4 of 13")
