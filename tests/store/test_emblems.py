"""Emblems of covers: checked, drawn anew, and kept in the workspace."""

import io

import pytest
from PIL import Image

from dashboard.errors import UsageError
from dashboard.settings import Settings
from dashboard.store.emblems import MOST_BYTES, Emblems

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def picture(kind="PNG", size=(300, 100), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "#256ef4").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_kept_as_its_pixels_alone(tmp_path, kind):
    exif = Image.Exif()
    exif[0x010E] = "a remark of the camera"
    emblems = Emblems(Settings(workspace=tmp_path))
    kept = emblems.open(emblems.keep(picture(kind, exif=exif)))
    assert b"camera" not in kept
    shown = Image.open(io.BytesIO(kept))
    assert (shown.format, shown.size, shown.info) == ("PNG", (300, 100), {})


def test_the_same_picture_is_the_same_emblem_and_a_large_one_is_made_small(tmp_path):
    emblems = Emblems(Settings(workspace=tmp_path))
    assert emblems.keep(picture()) == emblems.keep(picture())
    assert len(list(tmp_path.rglob("*.png"))) == 1
    large = Image.open(io.BytesIO(emblems.open(emblems.keep(picture(size=(3000, 1000))))))
    assert large.size == (960, 320)  # 3,000 : 960 = 1,000 : 320, below 480


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        b"",
        picture()[:60],
        picture("GIF"),
        picture(size=(4_001, 1)),
        picture() + b"\0" * MOST_BYTES,
    ],
    ids=["svg", "empty", "cut off", "gif", "too many pixels", "too many bytes"],
)
def test_what_is_no_picture_or_too_large_is_refused(tmp_path, content):
    with pytest.raises(UsageError, match="cannot be an emblem"):
        Emblems(Settings(workspace=tmp_path)).keep(content)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "0123456789abcdef", "../ledger", "a/b"])
def test_an_emblem_that_nobody_uploaded_is_not_opened(tmp_path, name):
    with pytest.raises(UsageError, match="no such emblem"):
        Emblems(Settings(workspace=tmp_path)).open(name)
