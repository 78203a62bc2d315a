"""Files that nobody should be able to hand in, drawn from a seed."""

import io
import random
import zipfile

GOOD = [
    ["metric", "year", "region", "value", "note"],
    ["foreign_patients", "2025", "KR-27", "35000", ""],
    ["foreign_patients", "2025", "KR-26", "30000", ""],
]
KINDS = (
    "encoding", "quotes", "binary", "bomb", "lying bomb", "formula", "html", "path", "huge cell",
    "empty", "only header", "mixed types", "date", "code", "duplicate", "truncated xlsx",
    "flipped xlsx", "ragged", "nul", "no header", "negative", "many columns", "utf-16", "zip",
    "two headers",
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
        content = csv_of(rows).encode("utf-16")
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


def _flipped(content, lots):
    """Bytes in the middle of the packed data changed, so that the check sums do not fit."""
    changed = bytearray(content)
    for _ in range(20):
        changed[lots.randrange(60, len(changed) // 2)] ^= 0xFF
    return bytes(changed)
