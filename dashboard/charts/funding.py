"""Money of programmes: national beside matched, added up, beside patients, and by ministry."""

from typing import Any

from dashboard.charts.awards import money_text
from dashboard.charts.bar_rows import Bar, BarRow, bar_rows
from dashboard.charts.chart import OTHER, SUBJECT, Chart, Rows
from dashboard.content.superlatives import Form, figure_range, superlative
from dashboard.i18n import figure_text, label, ngettext, percent_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import is_doubtful, with_doubt
from dashboard.i18n.figures import is_rounded, marks

Row = dict[str, Any]


def matched_chart(rows: Rows) -> Chart:
    """National and matched money of each result, on one scale.

    Args:
        rows: year, region, programme_id, is_joint, grant_krw (float or None), evidence,
            matched_krw (float), matched_evidence, matched_to_grant_pct (float or None).
    """
    figure = bar_rows(
        [
            BarRow(
                f"{row['year']} {_regions(row)} · {label('programme', row['programme_id'])}",
                (
                    _money(_("National"), row, "grant_krw", SUBJECT),
                    _money(_("Matched"), row, "matched_krw", OTHER),
                ),
            )
            for row in rows
        ]
    )
    title = _matched_finding(rows)
    return Chart(title, figure, f"{title}. {'; '.join(_matched_words(row) for row in rows)}")


def _money(name: str, row: Row, column: str, colour: str) -> Bar:
    return Bar(
        row[column],
        f"{name} {_amount(row, column)}",
        colour,
        is_hollow=is_doubtful(marks(row, column).evidence),
        is_hatched=row["is_joint"],
    )


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


def cumulative_chart(rows: Rows) -> Chart:
    """What the published grants of a region add up to in a programme line.

    Args:
        rows: region, line, is_joint, selected_count, known_count, unknown_count, later_year_count,
            cumulative_krw (float or None), is_lower_bound, evidence, first_year, last_year.
    """
    figure = bar_rows(
        [
            found
            for line in dict.fromkeys(row["line"] for row in rows)
            for found in _line_rows(line, [row for row in rows if row["line"] == line])
        ]
    )
    title = _cumulative_finding(rows)
    lines = "; ".join(
        f"{label('programme', row['line'])}, {_sum_name(row)}: {sum_words(row)}" for row in rows
    )
    return Chart(title, figure, f"{title}. {lines}")


def _line_rows(line: str, rows: list[Row]) -> list[BarRow]:
    """The line, its sums, and in one remark who has awards without a published amount only."""
    found = [BarRow(label("programme", line), is_heading=True)]
    known = [row for row in rows if row["cumulative_krw"] is not None]
    found += [BarRow(_sum_name(row), (_sum_bar(row),)) for row in known]
    unknown = [f"{_regions(row)} {row['selected_count']}" for row in rows if row not in known]
    if unknown:
        regions = ", ".join(unknown)
        found.append(BarRow(_("amount not published, awards: {regions}").format(regions=regions)))
    return found


def _sum_name(row: Row) -> str:
    counts = ngettext(
        "{count} award, {known} with an amount",
        "{count} awards, {known} with an amount",
        row["selected_count"],
    ).format(count=row["selected_count"], known=row["known_count"])
    return f"{_regions(row)} · {counts}"


def _sum_bar(row: Row) -> Bar:
    return Bar(
        row["cumulative_krw"],
        sum_words(row),
        SUBJECT if row["line"] == "cluster-line" else OTHER,
        is_hollow=is_doubtful(row["evidence"]),
        is_hatched=row["is_joint"],
    )


def sum_words(row: Row) -> str:
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
        amount=sum_words(greatest[0]),
        names="; ".join(f"{_regions(row)}, {label('programme', row['line'])}" for row in greatest),
    )


def selection_chart(rows: Rows, subject: str | None) -> Chart:
    """Applicants and selected of each call.

    Args:
        rows: year, programme_id, applicants (int), is_count_of_projects, named_count (int),
            selected_count (int or None), selection_rate_pct (float or None), outcome (str or None:
            that of the subject).
        subject: the region in question; None for all.
    """
    figure = bar_rows([BarRow(_call_name(row), _call_bars(row, subject)) for row in rows])
    title = _selection_finding(rows)
    lines = "; ".join(
        f"{_call_name(row)}: {', '.join(bar.text for bar in _call_bars(row, subject))}"
        for row in rows
    )
    return Chart(title, figure, f"{title}. {lines}")


def _call_name(row: Row) -> str:
    return f"{row['year']} {label('programme', row['programme_id'])}"


def _call_bars(row: Row, subject: str | None) -> tuple[Bar, ...]:
    if row["is_count_of_projects"]:
        applied = _("applied: {count} projects").format(count=row["applicants"])
    else:
        applied = _("applied: {count}").format(count=row["applicants"])
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
    return (
        Bar(row["applicants"], applied, OTHER),
        Bar(row["selected_count"], selected, SUBJECT),
    )


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


def beside_chart(name: str, rows: Rows, subject: str | None) -> Chart:
    """Cluster grant beside each person, by year and region; no causal claim.

    Args:
        name: what is shown, such as the grant per patient.
        rows: region, year, cluster_grant_krw (float), value (float), unit, value_evidence,
            grant_per_unit_krw (float), evidence; at least one.
        subject: the region in question; None for all.
    """
    figure = bar_rows(
        [
            BarRow(
                _beside_name(row),
                (
                    Bar(
                        row["grant_per_unit_krw"],
                        _beside_value(row),
                        SUBJECT if row["region"] == subject or subject is None else OTHER,
                        is_hollow=is_doubtful(row["evidence"]),
                    ),
                ),
            )
            for row in rows
        ]
    )
    low = min(rows, key=lambda row: row["grant_per_unit_krw"])
    high = max(rows, key=lambda row: row["grant_per_unit_krw"])
    if len(rows) == 1:
        title = _("{name}: {value} in {region} {year}").format(name=name, **_beside_words(low))
    else:
        title = _(
            "{name}: from {low} ({low_region} {low_year}) to {high} ({high_region} {high_year})"
        ).format(
            name=name,
            low=_beside_value(low),
            low_region=label("region", low["region"]),
            low_year=low["year"],
            high=_beside_value(high),
            high_region=label("region", high["region"]),
            high_year=high["year"],
        )
    lines = "; ".join(f"{_beside_name(row)}: {_beside_value(row)}" for row in rows)
    return Chart(title, figure, f"{title}. {lines}")


def _beside_name(row: Row) -> str:
    grant = money_text(row, "cluster_grant_krw", "grant_")
    value = figure_text(row)
    return f"{row['year']} {label('region', row['region'])} · {grant} ÷ {value}"


def _beside_value(row: Row) -> str:
    return with_doubt(figure_text(row, "grant_per_unit_krw", "krw_per_person"), row["evidence"])


def _beside_words(row: Row) -> dict[str, object]:
    return {
        "region": label("region", row["region"]),
        "year": row["year"],
        "value": _beside_value(row),
    }


def ministries_chart(rows: Rows, chosen: str | None) -> Chart:
    """Awards with and without a published amount, by ministry.

    Args:
        rows: ministry, programme_count, selected_count, known_count, unknown_count, alone_krw,
            joint_krw (float or None), later_year_count, not_selected_count, call_count,
            first_year, last_year; at least one.
        chosen: the ministry in question; None for none.
    """
    figure = bar_rows([BarRow(_ministry_name(row), _ministry_bars(row, chosen)) for row in rows])
    known = sum(row["known_count"] for row in rows)
    selected = sum(row["selected_count"] for row in rows)
    title = _("Ministries: {count}; {known} of {selected} awards with a published amount").format(
        count=len(rows), known=known, selected=selected
    )
    lines = "; ".join(
        f"{_ministry_name(row)}: {', '.join(bar.text for bar in _ministry_bars(row, chosen))}"
        for row in rows
    )
    return Chart(title, figure, f"{title}. {lines}")


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


def _ministry_bars(row: Row, chosen: str | None) -> tuple[Bar, ...]:
    if not row["selected_count"]:
        lost = _("not selected: {count}").format(count=row["not_selected_count"])
        none = _("no award with a named winner")
        return (Bar(None, lost if row["not_selected_count"] else none, OTHER),)
    colour = SUBJECT if chosen in (None, row["ministry"]) else OTHER
    known = ngettext(
        "amount known: {count} award", "amount known: {count} awards", row["known_count"]
    ).format(count=row["known_count"])
    sums = _sums(row)
    unknown = ngettext(
        "amount not published: {count} award",
        "amount not published: {count} awards",
        row["unknown_count"],
    ).format(count=row["unknown_count"])
    bars = [Bar(row["known_count"], known, colour)] if row["known_count"] else []
    if row["unknown_count"]:
        bars.append(Bar(row["unknown_count"], unknown, colour, is_hollow=True))
    return (*bars, Bar(None, sums, colour)) if sums else tuple(bars)


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
