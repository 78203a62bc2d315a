"""Names of the practice round, which are written in Korean · English, in the page's language."""

from collections.abc import Mapping
from dataclasses import replace

from dashboard.judging.result_view import PanelResult
from dashboard.judging.texts import in_language
from dashboard.judging.views import Progress, RoundView


def round_named(view: RoundView) -> RoundView:
    """A round with the names of its chair and deputies; the title stays, the rules hold it."""
    deputies = tuple(in_language(name, view.is_practice) for name in view.deputies)
    return replace(view, chair=in_language(view.chair, view.is_practice), deputies=deputies)


def progress_named(progress: Progress) -> Progress:
    """Progress with the names of its judges, and why some are recused."""

    def own(text: str) -> str:
        return in_language(text, progress.is_practice)

    judges = tuple(
        replace(
            one,
            name=own(one.name),
            sheets=tuple(
                replace(sheet, recusal_reason=own(sheet.recusal_reason)) for sheet in one.sheets
            ),
        )
        for one in progress.judges
    )
    return replace(progress, judges=judges)


def result_named(result: PanelResult) -> PanelResult:
    """A result with the names of its judges, its chair and deputies."""
    is_practice = result.is_practice
    return replace(
        result,
        round=round_named(result.round),
        judges=names_in_language(result.judges, is_practice),
        withdrawn=tuple((in_language(name, is_practice), why) for name, why in result.withdrawn),
    )


def names_in_language(names: Mapping[str, str], is_practice: bool) -> dict[str, str]:
    """Names by whatever they belong to."""
    return {whose: in_language(name, is_practice) for whose, name in names.items()}
