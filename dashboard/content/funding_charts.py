"""Charts of funding: matched money, sums, applicants, money beside persons, ministries."""

from dashboard.content.awards import money_text
from dashboard.content.cells import counts
from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.content.figure_charts import kinds_chart
from dashboard.content.query_context import Row, Rows
from dashboard.content.superlatives import Form, figure_range, superlative
from dashboard.i18n import figure_text, label, ngettext, percent_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import with_doubt
from dashboard.i18n.figures import is_rounded, marks

_CLUSTER = "cluster-line"


def matched_chart(rows: Rows) -> ChartBlock:
    """National and matched money of each award of `funding_matched`: both or the matched one."""
    title = _matched_finding(rows)
    return ChartBlock(
        "bar",
        title,
        label("unit", "krw"),
        tuple(_matched_name(row) for row in rows),
        (
            Series(_("National"), tuple(_money(row, "grant_krw") for row in rows), True),
            Series(_("Matched"), tuple(_money(row, "matched_krw") for row in rows)),
        ),
        f"{title}. {'; '.join(_matched_words(row) for row in rows)}",
        _("Awards whose matched funds were not published are left out."),
    )


def _money(row: Row, column: str) -> Cell:
    sources = tuple(row["source_ids"])
    if row[column] is None:
        return Cell(_("amount not published"), None, "no data", sources)
    return Cell(money_text(row, column), row[column], marks(row, column).evidence, sources)


def _matched_name(row: Row) -> str:
    """The award; that its national amount is unknown has no bar and stands behind the name."""
    name = f"{row['year']} {_regions(row)} · {label('programme', row['programme_id'])}"
    if row["grant_krw"] is not None:
        return name
    unknown = f"{_('National')} {_amount(row, 'grant_krw')}"
    return _("{name} ({value})").format(name=name, value=unknown)


def _amount(row: Row, column: str) -> str:
    """An amount with its mark, or the words for one that was not published."""
    if row[column] is None:
        return _("amount not published")
    return with_doubt(money_text(row, column), marks(row, column).evidence)


def _regions(row: Row) -> str:
    regions = label("region", row["region"])
    return _("{regions} (joint)").format(regions=regions) if row["is_joint"] else regions


def _matched_words(row: Row) -> str:
    return (
        f"{row['year']} {_regions(row)} {label('programme', row['programme_id'])}: "
        f"{_('National')} {_amount(row, 'grant_krw')}, "
        f"{_('Matched')} {_amount(row, 'matched_krw')}"
    )


def _matched_finding(rows: Rows) -> str:
    shares = [row["matched_to_grant_pct"] for row in rows if row["matched_to_grant_pct"]]
    if not shares:
        return ngettext(
            "{count} result with published matched funds, its national grant not published",
            "{count} results with published matched funds, their national grants not published",
            len(rows),
        ).format(count=len(rows))
    low, high = percent_text(min(shares), 0), percent_text(max(shares), 0)
    if low == high:
        return ngettext(
            "Matched funds are {share} of the national grant, in {count} award with both amounts",
            "Matched funds are {share} of the national grant, in {count} awards with both amounts",
            len(shares),
        ).format(share=low, count=len(shares))
    return _(
        "Matched funds are {low} to {high} of the national grant, "
        "in {count} awards with both amounts"
    ).format(low=low, high=high, count=len(shares))


def cumulative_chart(rows: Rows) -> ChartBlock:
    """What the published grants of `funding_cumulative` add up to in a programme line."""
    cluster = Series(label("programme", _CLUSTER), (), True)
    others = Series(_("Other programme lines"), ())
    bars = [
        (
            f"{_regions(row)} · {label('programme', row['line'])}",
            _sum(row),
            cluster if row["line"] == _CLUSTER else others,
        )
        for row in rows
    ]
    return kinds_chart(_cumulative_finding(rows), label("unit", "krw"), bars)


def _sum(row: Row) -> Cell:
    """A sum, with how many awards are in it; or that nothing was published."""
    counts = ngettext(
        "{count} award, {known} with an amount",
        "{count} awards, {known} with an amount",
        row["selected_count"],
    ).format(count=row["selected_count"], known=row["known_count"])
    sources = tuple(row["source_ids"])
    if row["cumulative_krw"] is None:
        return Cell(f"{_('amount not published')} · {counts}", None, "no data", sources)
    text = _("{name} ({value})").format(name=money_text(row, "cumulative_krw"), value=counts)
    return Cell(text, row["cumulative_krw"], row["evidence"], sources, row["is_lower_bound"])


def _sum_words(row: Row) -> str:
    """A sum; as a lower bound where something is missing; or that nothing was published."""
    if row["cumulative_krw"] is None:
        return _("amount not published")
    return with_doubt(money_text(row, "cumulative_krw"), row["evidence"])


def _cumulative_finding(rows: Rows) -> str:
    known = [row for row in rows if row["cumulative_krw"] is not None]
    if not known:
        return _("No amount of these awards was published")
    found = superlative(
        [figure_range(row["cumulative_krw"], is_rounded(row)) for row in known],
        None,
    )
    if found.form is Form.NOTHING and len(known) > 1:
        return ngettext("{count} published sum", "{count} published sums", len(known)).format(
            count=len(known)
        )
    greatest = [known[place] for place in found.places] or known
    pattern = (
        _("The published sum is {amount}: {names}")
        if len(known) == 1
        else _("The greatest published sum is {amount}: {names}")
    )
    return pattern.format(
        amount=_sum_words(greatest[0]),
        names="; ".join(f"{_regions(row)}, {label('programme', row['line'])}" for row in greatest),
    )


def selection_chart(rows: Rows, subject: str | None) -> ChartBlock:
    """Applicants and selected of each call of `funding_selection`, and of the region if any."""
    title = _selection_finding(rows)
    applied = tuple(
        Cell(_applied(row), row["applicants"], None, tuple(row["source_ids"])) for row in rows
    )
    selected = tuple(
        Cell(_selected(row, subject), row["selected_count"], None, tuple(row["source_ids"]))
        for row in rows
    )
    names = tuple(
        f"{row['year']} {label('programme', row['programme_id'])}"
        if row["selected_count"] is not None
        else _("{name} ({value})").format(
            name=f"{row['year']} {label('programme', row['programme_id'])}",
            value=_selected(row, subject),
        )
        for row in rows
    )
    lines = "; ".join(
        f"{row['year']} {label('programme', row['programme_id'])}: {mine.text}, {other.text}"
        for row, mine, other in zip(rows, applied, selected, strict=True)
    )
    return ChartBlock(
        "bar",
        title,
        "",
        names,
        (Series(_("Applied"), applied), Series(_("Selected"), selected, True)),
        f"{title}. {lines}",
        _(
            "Applicants as published for the whole call: mostly regions, in some calls projects. "
            "The selected are those the record names; where it names one or none, there is no rate."
        ),
    )


def _applied(row: Row) -> str:
    if row["is_count_of_projects"]:
        return _("applied: {count} projects").format(count=row["applicants"])
    return _("applied: {count}").format(count=row["applicants"])


def _selected(row: Row, subject: str | None) -> str:
    if row["selection_rate_pct"] is None:
        selected = _("number of selected not certain, {count} named").format(
            count=row["named_count"]
        )
    else:
        selected = _("selected: {count} ({rate})").format(
            count=row["selected_count"], rate=percent_text(row["selection_rate_pct"])
        )
    if subject is not None and row["outcome"] is not None:
        selected += f" · {label('region', subject)} {label('outcome', row['outcome'])}"
    return selected


def _selection_finding(rows: Rows) -> str:
    rates = [row["selection_rate_pct"] for row in rows if row["selection_rate_pct"] is not None]
    if not rates:
        return _("No call with both applicants and selected known")
    if len(rates) == 1:
        return _("The selection rate is {rate}, in one call with both numbers known").format(
            rate=percent_text(rates[0])
        )
    return _(
        "The selection rate is {low} to {high}, in {count} calls with both numbers known"
    ).format(low=percent_text(min(rates)), high=percent_text(max(rates)), count=len(rates))


def beside_chart(name: str, rows: Rows) -> ChartBlock:
    """Cluster grant a person, a row or more of `funding_beside` (year, region); no causal claim."""
    bars = [
        (
            f"{row['year']} {label('region', row['region'])}",
            Cell(
                _("{name} ({value})").format(name=_beside_value(row), value=_beside_basis(row)),
                row["grant_per_unit_krw"],
                row["evidence"],
                tuple(row["source_ids"]),
            ),
            Series(name, (), True),
        )
        for row in rows
    ]
    return kinds_chart(_beside_finding(name, rows), label("unit", "krw_per_person"), bars)


def _beside_finding(name: str, rows: Rows) -> str:
    """The span of what is known in full: a sum of which a part is missing is no lowest."""
    whole = [row for row in rows if not row["is_lower_bound"]]
    known = whole or rows
    low = min(known, key=lambda row: row["grant_per_unit_krw"])
    high = max(known, key=lambda row: row["grant_per_unit_krw"])
    if len(known) == 1 or not whole:
        return _("{name}: {value} in {region} {year}").format(name=name, **_beside_words(low))
    pattern = (
        _("{name}: from {low} ({low_region} {low_year}) to {high} ({high_region} {high_year})")
        if len(whole) == len(rows)
        else _(
            "{name}, where it is known in full: from {low} ({low_region} {low_year}) to {high} "
            "({high_region} {high_year})"
        )
    )
    return pattern.format(
        name=name,
        low=_beside_value(low),
        low_region=label("region", low["region"]),
        low_year=low["year"],
        high=_beside_value(high),
        high_region=label("region", high["region"]),
        high_year=high["year"],
    )


def _beside_basis(row: Row) -> str:
    return f"{money_text(row, 'cluster_grant_krw', 'grant_')} ÷ {figure_text(row)}"


def _beside_value(row: Row) -> str:
    return with_doubt(figure_text(row, "grant_per_unit_krw", "krw_per_person"), row["evidence"])


def _beside_words(row: Row) -> dict[str, object]:
    return {
        "region": label("region", row["region"]),
        "year": row["year"],
        "value": _beside_value(row),
    }


def ministries_chart(rows: Rows) -> ChartBlock:
    """Awards with and without a published amount, by ministry: `funding_ministries`, not empty."""
    known = sum(row["known_count"] for row in rows)
    selected = sum(row["selected_count"] for row in rows)
    title = _("Ministries: {count}; {known} of {selected} awards with a published amount").format(
        count=len(rows), known=known, selected=selected
    )
    return ChartBlock(
        "bar",
        title,
        "",
        tuple(label("ministry", row["ministry"]) for row in rows),
        (
            Series(_("with an amount"), counts(rows, "known_count"), True),
            Series(_("amount not published"), counts(rows, "unknown_count"), True, True),
        ),
        f"{title}. {'; '.join(map(ministry_words, rows))}",
        _(
            "Solid bar: awards with a published amount; striped bar: without. All ministries are "
            "shown, whichever ministry or programme is chosen above."
        ),
    )


def ministry_words(row: Row) -> str:
    """Years, programmes, awards with and without an amount, and sums of a `funding_ministries`."""
    return f"{_ministry_name(row)}: {', '.join(_ministry_parts(row))}"


def _ministry_name(row: Row) -> str:
    first, last = row["first_year"], row["last_year"]
    years = span_of_years(first, last)
    programmes = ngettext("{count} programme", "{count} programmes", row["programme_count"]).format(
        count=row["programme_count"]
    )
    parts = [label("ministry", row["ministry"]), years, programmes]
    if row["call_count"]:
        parts.append(
            ngettext(
                "{count} call without named winners",
                "{count} calls without named winners",
                row["call_count"],
            ).format(count=row["call_count"])
        )
    return " · ".join(parts)


def _ministry_parts(row: Row) -> list[str]:
    if not row["selected_count"]:
        if row["not_selected_count"]:
            return [_("not selected: {count}").format(count=row["not_selected_count"])]
        return [_("no award with a named winner")]
    known = ngettext(
        "amount known: {count} award", "amount known: {count} awards", row["known_count"]
    ).format(count=row["known_count"])
    unknown = ngettext(
        "amount not published: {count} award",
        "amount not published: {count} awards",
        row["unknown_count"],
    ).format(count=row["unknown_count"])
    counted = ((row["known_count"], known), (row["unknown_count"], unknown), (1, _sums(row)))
    return [words for count, words in counted if count and words]


def span_of_years(first: int, last: int) -> str:
    """From a year to a year, or the one."""
    return str(first) if first == last else _("{first}–{last}").format(first=first, last=last)


def _sums(row: Row) -> str:
    """Published amounts added up, joint ones apart."""
    parts = []
    if row["alone_krw"] is not None:
        parts.append(money_text(row, "alone_krw", "alone_"))
    if row["joint_krw"] is not None:
        amount = money_text(row, "joint_krw", "joint_")
        parts.append(_("joint {amount}").format(amount=amount))
    return " + ".join(parts)
