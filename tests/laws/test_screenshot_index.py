"""The page on which one looks through the pictures of every page."""

from dataclasses import replace

from scripts.screenshot_index import Picture, keep, kept, write_index

SOUND = Picture("map", "ko", 1440, "light", height=6_000, overflow=0, shift=0.099)
FAULTY = Picture("map", "en", 1440, "dark", 6_001, 12, 0.1, ("<b> is not defined",))


def test_faults_are_what_the_design_forbids():
    assert SOUND.faults == []
    assert FAULTY.faults == [
        "console: <b> is not defined",
        "12 px wider than its window",
        "layout shift 0.10",
        "6,001 px high",
    ]
    # How high a page may be is said of the widest window alone.
    assert replace(SOUND, width=390, height=9_000).faults == []


def test_the_index_shows_every_kept_picture_and_its_faults(tmp_path):
    for picture in (SOUND, FAULTY):
        keep(picture, tmp_path)
    assert kept(tmp_path) == [FAULTY, SOUND]
    text = write_index(kept(tmp_path), tmp_path).read_text("utf-8")
    assert text.count("<figure") == 2
    assert text.count('<figure class="faulty"') == 1
    assert text.count("<strong>") == 4
    assert 'src="map-ko-1440-light.png"' in text
    assert "<strong>console: &lt;b&gt; is not defined</strong>" in text
