"""Rows that differ between two versions of the record, and what they say in the reader's words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from dashboard.content.links import Link, evidence_link, link_to
from dashboard.content.query_context import QueryContext
from dashboard.contract import Contract, Field, shown_cell
from dashboard.i18n import country_text, label, language, named, record_text
from dashboard.i18n import gettext as _
from dashboard.versions import Row, contents_of, differing

_SOURCES = frozenset({"source_id", "source_ids"})
_ABOUT = {
    "awards": ("programme_id", "region", "year", "area"),
    "disputes": ("subject",),
    "event_outcomes": ("event_id", "measure", "country", "planned"),
    "programmes": ("name_en", "name_ko"),
    "regions": ("name_en", "name_ko"),
}
"""Columns that say what a row is about, of tables whose contract does not say so."""
_EVENT_TABLES = frozenset({"events", "event_outcomes", "event_participants", "event_programme"})


@dataclass(frozen=True)
class RowChange:
    """A row that is new, changed or gone."""

    before: Row | None
    after: Row | None
    columns: tuple[str, ...] = ()
    """Those in which a changed row differs."""

    @property
    def kind(self) -> Literal["new", "changed", "gone"]:
        """What became of it."""
        if self.before is None:
            return "new"
        return "gone" if self.after is None else "changed"

    @property
    def standing(self) -> Row:
        """The row as it stands, or stood before it was gone."""
        row = self.before if self.after is None else self.after
        assert row is not None
        return row


def row_changes(
    contract: Contract, former: Sequence[Row], later: Sequence[Row], own_sources: Collection[str]
) -> list[RowChange]:
    """The differences of a table.

    Args:
        contract: of the table.
        former: its rows before; an empty cell is empty text.
        later: its rows afterwards.
        own_sources: sources that stand for files that were handed in. A row that is only printed
            again by a new file is unchanged.
    """
    columns = [column.name for column in contract.fields]
    found = []
    for _key, before, after in differing(contract, columns, former, later):
        if before is None or after is None:
            found.append(RowChange(before, after))
            continue
        others = tuple(
            name
            for name in columns
            if (pair := (before.get(name, ""), after.get(name, "")))[0] != pair[1]
            and not (name in _SOURCES and set(pair) <= set(own_sources))
        )
        if others:
            found.append(RowChange(before, after, others))
    return found


class RowTexts:
    """Rows of the record as handed in, in words."""

    def __init__(self, context: QueryContext) -> None:
        self._context = context

    def heading(self, contract: Contract, column: str) -> str:
        """What a column is called."""
        return contract.column(column).heading

    def about(self, contract: Contract, row: Row) -> str:
        """What a row is about: its place, year, metric and the like."""
        names = _ABOUT.get(contract.name) or contract.id_from or contract.primary_key
        texts = [self.value(contract, row, name) for name in _in_language(names, row)]
        return " · ".join(dict.fromkeys(filter(None, texts)))

    def contents(self, contract: Contract, row: Row) -> str:
        """The figures of a row, or its first text."""
        about = _ABOUT.get(contract.name) or contract.id_from
        is_said = {row.get(name) for name in about}
        parts = [
            (name, self.value(contract, row, name) if name else record_text(text))
            for name, text in contents_of(contract, row)
            if name not in about and text not in (is_said if not name else ())
        ]
        return ", ".join(
            " ".join(filter(None, (self.heading(contract, name) if name else "", text)))
            for name, text in parts
        )

    def value(self, contract: Contract, row: Row | None, column: str) -> str:
        """A cell: codes in words, figures with their unit, every digit kept; `–` for none."""
        text = (row or {}).get(column, "")
        if not text:
            return ""
        field = contract.column(column)
        if column in _SOURCES:
            return ", ".join(map(self._source, text.split(";")))
        if field.codes or column in ("programme_id", "event_id"):
            parts = text.split(field.separator) if field.separator else [text]
            return "·".join(self._code(field, part) for part in parts)
        shown = shown_cell(contract, column, text)
        if contract.name in ("observations", "event_outcomes") and column == "value":
            return _("{value} {unit}").format(value=shown, unit=label("unit", row["unit"]))  # type: ignore[index]
        return record_text(shown)

    def _code(self, field: Field, code: str) -> str:
        if field.name == "event_id":
            return self._event_titles.get(code, code)
        if field.name == "programme_id":
            return label("programme", code)
        if field.codes == "country":
            return country_text(code)
        if field.codes == "metric":
            catalogue = self._context.catalogue
            return str(catalogue[code].name) if code in catalogue else label("metric", code)
        return label(field.codes or "", code)

    def _source(self, source_id: str) -> str:
        source = self._context.sources.get(source_id)
        return record_text(source["publisher"]) if source else source_id

    def link(self, contract: Contract, row: Row, *, is_gone: bool) -> Link | None:
        """The way to a row's evidence or page; of what is gone only to what is known now."""
        region, year = row.get("region", ""), row.get("year", "")
        if contract.name == "observations":
            return self._evidence(row)
        if is_gone:
            return None
        if contract.name == "awards" and region:
            return link_to("review-summary", region=region, year=year)
        if contract.name in _EVENT_TABLES and row.get("event_id") in self._event_titles:
            return link_to("events", event=row["event_id"])
        keys = {"agreements": ("agreement", "agreement_id"), "institutions": _INSTITUTION}
        if contract.name in keys:
            parameter, column = keys[contract.name]
            return link_to("agreements", **{parameter: row[column]})
        if contract.name == "funding_lines":
            return link_to("funding", region=region)
        if contract.name == "centres":
            return link_to("map", region=row["owner_region"], country=row["country"])
        return link_to("sources") if contract.name in ("sources", "disputes") else None

    def _evidence(self, row: Row) -> Link | None:
        """The evidence of an annual figure; of a part of one the page that has the parts."""
        region, year, metric = row["region"], row["year"], row["metric"]
        if ";" in region or not year:
            return None
        parts = ("nationality", "department", "institution_class")
        if row["period"] != "annual" or any(row.get(name) for name in parts):
            return link_to("patients", region=region, year=year)
        for one in self._context.catalogue.all():
            if one.question == "figure" and one.params.get("metric") == metric:
                return evidence_link(one.id, region, int(year))
        return None

    @cached_property
    def _event_titles(self) -> dict[str, str]:
        return {row["event_id"]: named(row, "title") for row in self._context.events}


_INSTITUTION = ("institution", "institution_id")


def _in_language(names: Sequence[str], row: Mapping[str, str]) -> list[str]:
    """Without the columns that say in another language what one of the reader's says."""
    mine, others = f"_{language()}", ("_ko", "_en")
    kept = []
    for name in names:
        own = name[:-3] + mine
        is_said = name.endswith(others) and name != own and own in names and row.get(own)
        if not is_said:
            kept.append(name)
    return kept
