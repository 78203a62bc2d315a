"""The map page: its marks and names, its tables and keys, its address, and whom it talks to."""

import io
import json
import re
from contextlib import suppress
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import TimeoutError, expect

from dashboard.render.screen.label_places import mercator
from dashboard.render.screen.world_map import AREAS, MapLook, country_points, world_map
from dashboard.ui.map_choice import PART

BASEMAP = "/app/static/geo/countries-2.json"
LOADED = (
    "[...document.fonts].filter(face => face.family.includes('Pretendard GOV')"
    " && face.weight === '700' && face.status === 'loaded').length === 2"
)
"""The bold faces of common glyphs and signs: of both are the names and marks on the map."""
CANVAS = '[data-testid="stDeckGlJsonChart"] canvas'


def query_of(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def picture(page):
    """The map as it is seen, once its marks are drawn."""
    chart = page.get_by_test_id("stDeckGlJsonChart")
    expect(chart.locator("canvas").first).to_be_visible()
    chart.scroll_into_view_if_needed()
    for _ in range(20):
        image = Image.open(io.BytesIO(chart.screenshot())).convert("RGB")
        if blue(image) > 300:
            return image
        page.wait_for_timeout(500)
    return image


def click_until(page, place, address):
    """Click; again only where the map was being drawn anew, so that nothing came of it in time."""
    for _ in range(4):
        page.mouse.click(*place)
        try:
            page.wait_for_url(address, timeout=10_000)
        except TimeoutError:
            continue
        return
    page.wait_for_url(address)


def blue(image):
    """How many pixels have the colour of Daegu's open centres, in the light theme."""
    return sum(
        count
        for count, (red, green, blue) in image.getcolors(1 << 24)
        if abs(red - 11) < 12 and abs(green - 80) < 12 and abs(blue - 208) < 12
    )


@pytest.fixture
def basemap_requests(page):
    found = []
    page.on(
        "request", lambda request: found.append(request.url) if BASEMAP in request.url else None
    )
    return found


def test_the_map_is_drawn_in_both_languages_with_names_that_are_no_boxes(page, visit):
    """Boxes for unknown letters would look alike in both languages; names do not."""
    page.emulate_media(color_scheme="light")
    pictures = {}
    for language, finding, city in (
        ("ko", "발표된 해외홍보센터 20개소, 이름이 확인된 곳 9개국 22개소", "자카르타"),
        (
            "en",
            "20 promotion centres announced, 22 named in 9 countries",
            "Jakarta",
        ),
    ):
        visit(f"/map?lang={language}")
        expect(page.locator("h1")).to_contain_text(finding)
        pictures[language] = picture(page)
        assert blue(pictures[language]) > 300
        assert len(pictures[language].getcolors(1 << 24)) > 50
        words = page.locator(f'[aria-label*="{city}"], [alt*="{city}"]')
        expect(words.first).to_be_attached()
        expect(page.get_by_text("Traceback")).to_have_count(0)
    assert pictures["ko"].size == pictures["en"].size
    assert pictures["ko"].tobytes() != pictures["en"].tobytes()
    assert page.evaluate(LOADED)


@pytest.mark.long
def test_the_slider_changes_the_year_without_fetching_the_basemap_again(
    page, visit, settle, basemap_requests
):
    visit("/map?lang=en")
    picture(page)
    page.evaluate("document.querySelector('canvas').dataset.kept = 'yes'")
    slider = page.get_by_role("slider").first
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("h1")).to_contain_text("end of 2017")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("h1")).to_contain_text("end of 2016: 15 named in 6 countries")
    settle(page)
    assert query_of(page)["year"] == "2016"
    assert len(basemap_requests) == 1
    assert page.evaluate("document.querySelector('canvas').dataset.kept") == "yes"


@pytest.mark.long
def test_the_years_play_to_the_last_and_stop(page, visit):
    visit("/map?lang=en&year=2024")
    page.get_by_role("button", name="Play the years").click()
    expect(page.locator("h1")).to_contain_text("end of 2025")
    expect(page.get_by_role("button", name="Play the years")).to_be_visible()
    assert query_of(page)["year"] == "2025"


@pytest.mark.long
def test_a_centre_and_its_evidence_are_opened_by_keyboard(page, visit):
    """Its name in the table opens its card as its mark does, the card the drawer."""
    visit("/map?lang=en")
    city = page.get_by_role("link", name="Jakarta", exact=True).and_(
        page.locator('[href*="pick="]')
    )
    city.press("Enter")
    card = page.get_by_role("table", name="Promotion centre")
    expect(card).to_contain_text("Daegu")
    assert query_of(page)["pick"] == "dg-jakarta-2018"
    expect(city).to_be_focused()
    card.get_by_role("link", name=re.compile("evidence from")).press("Enter")
    drawer = page.get_by_role("dialog", name="Promotion centre")
    expect(drawer).to_be_focused()
    expect(drawer).to_contain_text("Originals (")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


@pytest.mark.long
def test_a_mark_opens_the_card_of_its_centre(page, visit, settle):
    page.emulate_media(color_scheme="light")
    visit("/map?lang=en&pick=dg-novosibirsk-2018&year=2016")
    expect(page.get_by_role("heading", name="Novosibirsk, Russia")).to_be_visible()
    card = page.get_by_role("table", name="Promotion centre")
    expect(card).to_contain_text("planned")
    expect(card).to_contain_text("Dec 2016")
    visit("/map?lang=en&pick=dg-jakarta-2018")
    expect(page.get_by_role("heading", name="Jakarta, Indonesia")).to_be_visible()
    picture(page)
    # The map opens at the choice, its mark in the middle; a click beside it closes the card.
    box = page.get_by_test_id("stDeckGlJsonChart").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y)
    page.wait_for_timeout(1000)  # two clicks in a hurry are a double-click, which zooms
    settle(page)
    expect(page.get_by_role("heading", name="Jakarta, Indonesia")).to_be_visible()
    chosen = page.get_by_role("heading", name="Jakarta, Indonesia")
    for _ in range(3):  # a click is lost while the map is drawn anew: one then clicks again
        page.mouse.click(x - 200, y + 100)
        with suppress(AssertionError):
            expect(chosen).to_have_count(0, timeout=10_000)
            break
    expect(chosen).to_have_count(0)
    assert "pick" not in query_of(page)


@pytest.mark.long
def test_a_disc_with_a_number_opens_what_it_stands_for(page, visit, record):
    """The first disc lies where Mercator puts its position, from the middle of the map."""
    centres = record.ask("map_centres", {"year": 2018}).rows
    owners = tuple(dict.fromkeys(("KR-27", *(row["owner_region"] for row in centres))))
    look = MapLook(owners, frozenset(("centres", "others")), "asia", "light")
    deck = json.loads(world_map(look, centres, (), ()).deck.to_json())
    (disc, *_rest) = next(one["data"] for one in deck["layers"] if one["id"] == "clusters")
    longitude, latitude = disc["position"]
    middle_latitude, middle_longitude, zoom = AREAS["asia"]
    x, y = mercator(latitude, longitude, zoom)
    middle_x, middle_y = mercator(middle_latitude, middle_longitude, zoom)
    page.emulate_media(color_scheme="light")
    visit("/map?lang=en&region=KR-27&year=2018&layers=centres,others")
    picture(page)
    box = page.get_by_test_id("stDeckGlJsonChart").bounding_box()
    place = box["x"] + box["width"] / 2 + x - middle_x, box["y"] + box["height"] / 2 + y - middle_y
    click_until(page, place, re.compile(re.escape(urlencode({PART: disc["at"]}))))
    parts = page.get_by_role("combobox", name="Open marks that lie close together")
    expect(parts).to_have_value("what is seen now")


@pytest.mark.long
def test_layers_and_a_copied_link(page, visit, settle):
    visit("/map?lang=en&year=2018")
    page.get_by_role("button", name="Events of the year").click()
    expect(page.get_by_role("heading", name="12 events in the record, 11 held")).to_be_visible()
    settle(page)
    assert query_of(page)["layers"] == "centres,others,events"
    address = urlsplit(page.url)
    visit(f"{address.path}?{address.query}")
    expect(page.get_by_role("heading", name="12 events in the record, 11 held")).to_be_visible()


@pytest.mark.parametrize(
    "query",
    [
        "region=KR-50&year=1066&layers=x&area=moon&pick=nobody",
        pytest.param("country=XX", marks=pytest.mark.long),
    ],
)
def test_odd_addresses_show_a_page(page, visit, query):
    visit(f"/map?lang=en&{query}")
    expect(page.locator("h1")).to_contain_text("end of 2018")
    expect(page.get_by_text("This view could not be made")).to_have_count(0)


def test_a_click_on_a_country_opens_its_page_and_a_link_leads_back(page, visit, settle):
    """The name of Russia stands at its point, where Mercator puts it from the middle of the map."""
    longitude, latitude = country_points()["RU"]
    middle_latitude, middle_longitude, zoom = AREAS["asia"]
    x, y = mercator(latitude, longitude, zoom)
    middle_x, middle_y = mercator(middle_latitude, middle_longitude, zoom)
    page.emulate_media(color_scheme="light")
    visit("/map?lang=en")
    picture(page)
    box = page.get_by_test_id("stDeckGlJsonChart").bounding_box()
    place = box["x"] + box["width"] / 2 + x - middle_x, box["y"] + box["height"] / 2 + y - middle_y
    click_until(page, place, re.compile("country=RU"))
    settle(page)
    expect(page.locator("h1")).to_contain_text("Russia: 6 promotion centres named")
    expect(page.get_by_role("heading", name="Patients by year", exact=True)).to_be_visible()
    page.get_by_role("link", name="Back to the map").click()
    expect(page.locator("h1")).to_contain_text("end of 2018")


@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.long)])
def test_on_a_telephone_the_lists_are_folded_and_one_press_away(page, visit, language):
    """It was 18,685 pixels high in English, since each row of each list was a card."""
    page.set_viewport_size({"width": 390, "height": 844})
    visit(f"/map?region=KR-27&year=2019&lang={language}")
    expect(page.get_by_test_id("stDeckGlJsonChart")).to_be_visible()
    folds = page.locator(".st-key-cr-map-folds")
    opener = folds.locator(".cr-opening a").first
    expect(opener).to_be_visible()
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    assert height < 6_000
    expect(folds.get_by_role("table")).to_have_count(0)
    opener.click()
    expect(folds.get_by_role("table").get_by_role("link").first).to_be_visible()
