"""What somebody chose for the words of a list: the code that is meant, or to leave its rows out."""

from collections.abc import Mapping

from dashboard.contract import Contract, is_quantity
from dashboard.intake.codes import folded
from dashboard.intake.korean_numerals import Meaning, meanings
from dashboard.intake.values import plain

LEAVE_OUT = ""
"""Choice for a word: rows with it are not taken."""
BLANK = "+"
"""Choice for an id or a source: the cell is read as blank, as if nothing had been written."""
_IDS = frozenset({"source_id", "source_ids", "institution_id"})


def chosen_amount(
    text: str, is_money: bool, words: Mapping[str, str]
) -> tuple[str | None, tuple[Meaning, ...]]:
    """What somebody chose for an amount that leaves a unit out.

    Returns:
        Digits as chosen, and what the amount may mean while nothing was chosen; neither of them
        where it is clear.
    """
    found = meanings(text, is_money)
    chosen = {folded(plain(word)): code for word, code in words.items()}.get(folded(text))
    is_chosen = chosen in {one.digits for one in found}
    return (chosen, ()) if is_chosen else (None, found)


def with_chosen_words(
    contract: Contract, cells: Mapping[str, str], words: Mapping[str, str]
) -> dict[str, str] | None:
    """A row with its words as chosen.

    Args:
        contract: of the table.
        cells: column of the contract → cell as written.
        words: word → code of the record, `LEAVE_OUT` or `BLANK`.

    Returns:
        The row, or None where it is to be left out.
    """
    meant = {folded(plain(word)): code for word, code in words.items()}
    found = dict(cells)
    for name, text in cells.items():
        column = contract.column(name)
        is_word = column.codes or name in _IDS or name in contract.primary_key
        if not (meant and (is_word or is_quantity(column))):
            continue
        if is_quantity(column):
            if meanings(plain(text), True) and meant.get(folded(plain(text))) == LEAVE_OUT:
                return None
            continue
        parts = text.split(column.separator) if column.separator else [text]
        chosen = [meant.get(folded(plain(part))) for part in parts]
        if LEAVE_OUT in chosen:
            return None
        codes = [part if code is None else code for part, code in zip(parts, chosen, strict=True)]
        if codes != parts:
            kept = [code for code in codes if code != BLANK]
            found[name] = (column.separator or "").join(kept)
    return found
