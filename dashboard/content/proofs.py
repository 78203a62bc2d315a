"""Proofs in one or two sentences: why a range or a rank must be so, with the arithmetic."""

from collections.abc import Sequence

from dashboard.content.document import Paragraph
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text, percent_text
from dashboard.i18n.particles import with_particles
from dashboard.kpi import has_bounded_rank, has_greatest
from dashboard.store.answer import Build, Row
from dashboard.store.ask import Record


def range_text(row: Row) -> str:
    """The range of a row of `bounds`: `14,991–15,021`, `at most 7,739`, never a point within it.

    The row has an upper end.
    """
    low, high = number_text(row["low"]), number_text(row["high"])
    if row["low"] == row["high"]:
        return low
    return _("at most {number}").format(number=high) if row["low"] == 0 else f"{low}–{high}"


def persons_range_text(row: Row) -> str:
    """As `range_text`, with the unit: `14,991–15,021 persons`."""
    return _("{number} persons").format(number=range_text(row))


def rank_proof(row: Row) -> str:
    """Why a rank of `bounds` is certain, or how many others can be above; empty if unknown."""
    said = {
        "region": label("region", row["region"]),
        "figure": number_text(row["low"]),
        "known": row["known_region_count"],
        "others": row["other_region_count"],
    }
    if row["remainder"] is None or not row["known_region_count"]:
        return ""
    said |= {"sum": number_text(row["known_sum"]), "rest": number_text(row["remainder"])}
    is_certain = row["rank_best"] == row["rank_worst"]
    if is_certain and not row["other_region_count"]:
        return with_particles(_("All {known} regions have an exact figure.").format(**said))
    if is_certain and row["is_known"] and row["remainder"] < row["low"]:
        sentence = _(
            "The {known} regions known have {sum}; the other {others} together at most {rest}, "
            "fewer than the {figure} of {region}."
        )
    elif is_certain and not row["undecided_count"]:
        if row["next_region"] is None:
            return ""
        said |= {"next": label("region", row["next_region"]), "most": number_text(row["next_high"])}
        sentence = _(
            "Of the regions that are not certainly above, {next} can have the most, {most} at "
            "most, no more than the {figure} that {region} has at least."
        )
    else:
        most = row["rank_worst"] - 1 - row["above_count"]
        said |= {"above": row["above_count"], "most": most, "undecided": row["undecided_count"]}
        sentence = _(
            "The {known} regions known have {sum}, the other {others} together at most {rest}; "
            "{above} are certainly above {region}, and of {undecided} more at most {most} at the "
            "same time."
        )
    return with_particles(sentence.format(**said))


def range_proof(row: Row, proof: Sequence[Row]) -> str:
    """From which rows of `proof` the range in `bounds` follows; empty where nothing binds.

    The row of `bounds` has an upper end, those of `proof` are of its region and year.
    """
    binding = [one for one in proof if one["is_for_low"] or one["is_for_high"]]
    if not binding:
        return ""
    separator = ", "
    sentence = _("{range}, from: {statements}.").format(
        range=persons_range_text(row),
        statements=separator.join(statement_text(one) for one in binding),
    )
    return with_particles(sentence)


def bound_of(record: Record, region: str, year: int, build: Build | None = None) -> Row | None:
    """The row of `bounds` of a region and year; None of the country and of years without any."""
    rows = record.ask("bounds", {"year": year}, build).rows
    return next((row for row in rows if row["region"] == region), None)


def bound_paragraphs(
    record: Record, region: str, year: int, build: Build | None = None
) -> tuple[Paragraph, ...]:
    """Range and rank of a region or the country with what proves them, then what both rest on.

    Returns:
        Nothing where all that is printed leaves both open.
    """
    row = bound_of(record, region, year, build)
    if row is None or not (has_greatest(row) or has_bounded_rank(row)):
        return ()
    proof = record.ask("proof", {"region": region, "year": year}, build).rows
    found = []
    is_closer = row["value"] is None or row["low"] < row["high"]
    if has_greatest(row) and is_closer:
        found.append(
            Paragraph(range_proof(row, proof), _sources(proof, "is_for_low", "is_for_high"))
        )
    if has_bounded_rank(row) and (said := rank_proof(row)):
        sentence = _("Rank {places} of all {all} regions: {proof}").format(
            places=places_text(row), all=row["region_count"], proof=said
        )
        if printed := [one for one in proof if one["kind"] == "rank" and one["is_for_rank"]]:
            statements = ", ".join(map(statement_text, printed))
            sentence += " " + _("With what is printed: {statements}.").format(statements=statements)
        found.append(Paragraph(sentence, _sources(proof, "is_for_rank")))
    found = [one for one in found if one.text]
    return (*found, Paragraph(bound_assumption())) if found else ()


def _sources(proof: Sequence[Row], *binds: str) -> tuple[str, ...]:
    """Sources of the statements that bind in one of these ways, each once."""
    used = (one for one in proof if any(one[name] for name in binds))
    return tuple(dict.fromkeys(source for one in used for source in one["source_ids"]))


def bound_assumption() -> str:
    """On what every range and certain rank rests."""
    return _(
        "This holds because the ministry counts a patient once per institution and each "
        "institution stands in one region, so that the regions add up to the country."
    )


def places_text(row: Row) -> str:
    """The places from `rank_best` to `rank_worst` that a region can have: `3`, or `7–9`."""
    return places_between(row["rank_best"], row["rank_worst"])


def places_between(best: int, worst: int) -> str:
    """Places from the best to the worst: `7–9`; one alone if they are the same."""
    return str(best) if best == worst else f"{best}–{worst}"


def statement_text(statement: Row) -> str:
    """A printed statement: `Daegu 2024: 14,646 persons`, `Daegu 2024: -2.4% on the year before`.

    The row is of `proof`, or of `contradictions`.
    """
    regions = [label("region", code) for code in statement["region"].split(";")]
    said = {
        "region": label("separator", "regions").join(regions),
        "year": statement["year"],
    }
    if statement["kind"] == "share":
        return _("{region} {year}: {share} of Korea").format(
            **said, share=percent_text(statement["value"])
        )
    if statement["kind"] == "growth":
        return _("{region} {year}: {growth} on the year before").format(
            **said, growth=percent_text(statement["value"], signed=True)
        )
    number = number_text(statement["value"])
    if statement["kind"] == "fewer":
        return _("{region} {year}: fewer than {number} persons").format(**said, number=number)
    if statement["kind"] == "share_below":
        return _("{region} {year}: under {share} of Korea").format(
            **said, share=percent_text(statement["value"])
        )
    if statement["kind"] == "rank":
        return _("{region} {year}: rank {place} as printed").format(**said, place=number)
    return _("{region} {year}: {number} persons").format(**said, number=number)
