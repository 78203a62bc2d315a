"""Files that nobody should be able to hand in, drawn from a seed."""

import io
import random
import zipfile
from pathlib import Path

GOOD = [
    ["metric", "year", "region", "value", "note"],
    ["foreign_patients", "2025", "KR-27", "35000", ""],
    ["foreign_patients", "2025", "KR-26", "30000", ""],
]
OLD_WORKBOOK = Path(__file__).with_name("cases") / "02-seoul-portal-three-headers.xls"
SIGNATURES = (
    b"%PDF-1.7\n", b"\x89PNG\r\n", b"PK\x03\x04", b"PK\x05\x06", b"PAR1", b"7z\xbc\xaf\x27\x1c",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"HWP Document File", b"\x1f\x8b\x08", b"\x09\x08\x10\x00",
)  # fmt: skip
KINDS = (
    "encoding", "quotes", "binary", "bomb", "lying bomb", "formula", "html", "path", "huge cell",
    "empty", "only header", "mixed types", "date", "code", "duplicate", "truncated xlsx",
    "flipped xlsx", "ragged", "nul", "no header", "negative", "many columns", "utf-16", "zip",
    "two headers", "far cell", "one long string", "deep xml", "entities", "truncated xls",
    "flipped xls", "deep page", "page without table", "signature alone", "ods of repeats",
    "truncated hwpx",
)  # fmt: skip


def malformed(seed, csv_of, xlsx_of):
    """A file for a seed: kind, name, bytes."""
    lots = random.Random(seed)
    kind = KINDS[seed % len(KINDS)]
    rows = [list(row) for row in GOOD]
    name = f"{kind}-{seed}.csv"
    row = rows[lots.choice([1, 2])]
    content = None
    if kind == "encoding":
        text = csv_of([*rows, ["외국인환자 수", "2025", "대구", "1", "확인"]]).encode()
        place = text.index("확".encode())
        content = text[:place] + bytes([0xFF, lots.choice([0xFE, 0xFF])]) + text[place:]
    elif kind == "quotes":
        content = csv_of(rows).replace("foreign", '"foreign' + lots.choice(['"x', ""]), 1).encode()
    elif kind == "binary":
        content = bytes(lots.randrange(256) for _ in range(lots.choice([10, 500, 5000])))
    elif kind in ("bomb", "lying bomb", "zip"):
        content = _archive(kind, lots)
    elif kind == "formula":
        row[3] = lots.choice(["=1+1", "=HYPERLINK(1)", "@SUM(A1)", "+cmd|' /C calc'!A0", "=2*3%"])
    elif kind == "html":
        row[3] = lots.choice(["<script>alert(1)</script>", "<b>5</b>", "&lt;5", "[5](http://x)"])
    elif kind == "path":
        name = lots.choice(
            ["../../etc/passwd", "..\\..\\x.csv", "/etc/passwd", "C:\\x.csv", "a\x00b"]
        )
        row[2] = lots.choice(["../../etc/passwd", "%2e%2e", "/dev/null"])
    elif kind == "huge cell":
        row[4] = "가" * lots.choice([2_001, 100_000, 200_000])
    elif kind == "empty":
        content = lots.choice([b"", b"\n\n\n", b"\xef\xbb\xbf", b"   \r\n"])
    elif kind == "only header":
        rows = rows[:1]
    elif kind == "mixed types":
        row[lots.choice([1, 3])] = lots.choice(["many", "3.5.1", "True", "0x1F", "NaN", "inf"])
    elif kind == "date":
        row[1] = lots.choice(["20255", "1066", "2025-13-45", "99", "내년"])
    elif kind == "code":
        row[lots.choice([0, 2])] = lots.choice(
            ["Atlantis!", "KR-99", "DROP TABLE lake.batches", "''"]
        )
    elif kind == "duplicate":
        rows[2] = [*rows[1][:3], str(lots.randrange(10**6)), ""]
    elif kind == "truncated xlsx":
        whole = xlsx_of({"S": rows})
        content = whole[: lots.randrange(40, len(whole) - 30)]
    elif kind == "flipped xlsx":
        content = _flipped(xlsx_of({"S": rows}), lots)
    elif kind == "ragged":
        row.append("one too many")
    elif kind == "nul":
        row[4] = "a\x00b"
    elif kind == "no header":
        rows = [["?", "??", "???", "!", "-"], *rows[1:]]
    elif kind == "negative":
        row[3] = lots.choice(["-5", "△5", "(5)", "9" * 30])
    elif kind == "many columns":
        rows = [row + ["x"] * 300 for row in rows]
    elif kind == "utf-16":
        content = csv_of(rows).encode("utf-16")[:-1]
    elif kind in ("far cell", "one long string", "deep xml", "entities"):
        content = _workbook(*_sheet(kind, lots))
    elif kind in ("truncated xls", "flipped xls"):
        whole = OLD_WORKBOOK.read_bytes()
        cut = lots.randrange(20, 3000)
        content = whole[:cut] if kind == "truncated xls" else _flipped(whole, lots)
    elif kind == "deep page":
        depth = lots.choice([300, 5_000, 100_000])
        content = b"<html><table>" + b"<tr><td><table>" * depth
    elif kind == "page without table":
        content = b"<html><body><p>" + lots.choice([b"1 2 3", b"", b"<td>4</td>"]) + b"</html>"
    elif kind == "signature alone":
        content = lots.choice(SIGNATURES) + bytes(lots.randrange(256) for _ in range(600))
    elif kind in ("ods of repeats", "truncated hwpx"):
        content = _document(kind, lots)
    else:
        rows[0] = ["metric", "year", "region", "value", "value"]
    return kind, name, csv_of(rows).encode() if content is None else content


def _archive(kind, lots):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind == "zip":
            archive.writestr("../../evil.csv", "a,b\n1,2\n")
            return_value = out
        else:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * lots.choice([70, 100]) * (1 << 20))
            return_value = out
    content = return_value.getvalue()
    if kind == "lying bomb":
        # The size in the directory says ten bytes.
        place = content.rindex(b"xl/worksheets/sheet1.xml") - 46
        content = content[: place + 24] + (10).to_bytes(4, "little") + content[place + 28 :]
    return content


def _sheet(kind, lots):
    """The rows of a worksheet and the shared strings, as XML."""
    if kind == "far cell":
        column, row = lots.choice(["A", "D", "ZZ", "XFD", "ZZZ"]), lots.choice([90_000, 1_048_576])
        return f'<row r="1"/><row r="{row}"><c r="{column}{row}"><v>1</v></c></row>', ""
    if kind == "one long string":
        rows = "".join(
            f'<row r="{row}">' + '<c t="s"><v>0</v></c>' * 10 + "</row>" for row in range(1, 2001)
        )
        return rows, f"<si><t>{'가' * lots.choice([20_000, 30_000])}</t></si>"
    if kind == "deep xml":
        depth = lots.choice([300, 30_000])
        return '<row r="1"><c>' + "<x>" * depth + "</x>" * depth + "</c></row>", ""
    return '<row r="1"><c t="inlineStr"><is><t>&e9;</t></is></c></row>', ""


def _workbook(rows, strings):
    """A workbook written by hand."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    prolog = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lol">{entities}]>'
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="{name}" Type="{kind}/{name}" Target="{name}.xml"/>'
        for name in ("worksheet", "sharedStrings")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {main} xmlns:r="{kind}"><sheets><sheet name="S" r:id="worksheet"/></sheets>'
            "</workbook>",
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        archive.writestr(
            "xl/worksheet.xml",
            f"{prolog}<worksheet {main}><sheetData>{rows}</sheetData></worksheet>",
        )
        archive.writestr("xl/sharedStrings.xml", f"<sst {main}>{strings}</sst>")
    return out.getvalue()


def _document(kind, lots):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind == "truncated hwpx":
            archive.writestr("mimetype", "application/hwp+zip")
            written = "<sec><p><t>x</t><tbl><tr><tc><p><t>1</t></p></tc></tr></tbl></p></sec>"
            archive.writestr("Contents/section0.xml", written[: lots.randrange(len(written))])
        else:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            repeat = lots.choice([16_384, 2**31, 10**12])
            archive.writestr(
                "content.xml",
                '<d xmlns:t="t" xmlns:o="o"><t:table t:name="S"><t:table-row '
                f't:number-rows-repeated="{repeat}"><t:table-cell t:number-columns-repeated='
                f'"{repeat}" o:value-type="string"><p>x</p></t:table-cell></t:table-row>'
                "</t:table></d>",
            )
    return out.getvalue()


def _flipped(content, lots):
    """Bytes in the middle of the packed data changed, so that the check sums do not fit."""
    changed = bytearray(content)
    for _ in range(20):
        changed[lots.randrange(60, len(changed) // 2)] ^= 0xFF
    return bytes(changed)


def heavy_workbook():
    """A workbook with a row of two million cells: a megabyte packed, some hundred as a tree."""
    out = io.BytesIO()
    row = b'<sheetData><row r="1">' + b"<c><v>1</v></c>" * 2_000_000
    with (
        zipfile.ZipFile(OLD_WORKBOOK.with_name("25-title-row.xlsx")) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = content.partition(b"<sheetData>")[0] + row
                content += b"</row></sheetData></worksheet>"
            new.writestr(name, content)
    return out.getvalue()
