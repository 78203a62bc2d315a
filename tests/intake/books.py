"""Files of other programs, put together by hand and read as they are handed in."""

import io
import zipfile

import pytest

from dashboard.intake.content import Content
from dashboard.intake.formats import signatures
from dashboard.intake.formats.process import Limits, read_book
from dashboard.intake.sheets import CannotRead


def book_of(content):
    kind = signatures.kind_of(content[:8192])
    assert kind in signatures.IN_A_PROCESS
    return read_book(kind, Content(content), Limits())


def rows(sheet):
    return [line.cells for line in sheet.lines]


def rule_of(content):
    with pytest.raises(CannotRead) as refused:
        book_of(content)
    return refused.value.rule, refused.value.expected


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


ODS = (
    '<o:document xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:p="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:automatic-styles>'
    '<s:style s:name="off"><s:table-properties t:display="false"/></s:style>'
    "</o:automatic-styles><o:body><o:spreadsheet>{}</o:spreadsheet></o:body></o:document>"
)


def ods(tables, **parts):
    return zipped(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        **{"content.xml": ODS.format(tables)} | parts,
    )
