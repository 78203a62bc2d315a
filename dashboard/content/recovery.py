"""How far a region and Korea came back to a former year, which is 100."""

from dashboard.content.cells import no_data
from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.content.eras import pandemic
from dashboard.content.findings import NATION
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text, sentence_figure
from dashboard.i18n.evidence import approximated, flagged
from dashboard.store.answer import Row, Rows


def recovery_chart(subject: str, base: int, rows: Rows) -> ChartBlock:
    """Lines of the region and of Korea, of `recovery`; a gap in the data is a gap in the line."""
    years = list(dict.fromkeys(row["year"] for row in rows))
    series = tuple(
        Series(
            label("region", region),
            tuple(_index(row) for row in rows if row["region"] == region),
            region == subject,
        )
        for region in dict.fromkeys(row["region"] for row in rows)
    )
    title = _recovery_finding(subject, base, rows)
    words = ", ".join(
        f"{label('region', row['region'])} {row['year']} {_index(row).text}" for row in rows
    )
    unit = _("{year} = 100").format(year=base)
    return ChartBlock(
        "line",
        title,
        unit,
        tuple(map(str, years)),
        series,
        f"{title}. {words}",
        eras=(pandemic(),),
    )


def _index(row: Row) -> Cell:
    if row["index_pct"] is None:
        return no_data(row["source_ids"] or ())
    text = approximated(number_text(row["index_pct"]), row["is_approximate"])
    return Cell(text, row["index_pct"], row["evidence"], tuple(row["source_ids"] or ()))


def _recovery_finding(subject: str, base: int, rows: Rows) -> str:
    """The latest index of the region, and Korea's of the same year."""
    region = label("region", subject)
    mine = [row for row in rows if row["region"] == subject and row["index_pct"] is not None]
    if not mine:
        return _("{region}: no index, since the record has no figure of {base}").format(
            region=region, base=base
        )
    last = mine[-1]
    said = {
        "region": region,
        "year": last["year"],
        "base": base,
        "index": flagged(_index(last).text, last["evidence"]),
        "value": sentence_figure(last, unit="persons"),
    }
    if last["year"] == base:
        return _("{region}: the record has no figure after {base} to measure recovery by").format(
            region=region, base=base
        )
    here = (NATION, last["year"])
    korea = next((row for row in rows if (row["region"], row["year"]) == here), None)
    if subject == NATION or korea is None or korea["index_pct"] is None:
        return _("{region} {year}: {index} against {base} = 100 ({value})").format(**said)
    return _(
        "{region} {year}: {index} against {base} = 100 ({value}), Korea {korea} in the same year"
    ).format(**said, korea=flagged(_index(korea).text, korea["evidence"]))
