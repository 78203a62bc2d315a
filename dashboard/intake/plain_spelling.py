"""A text in plain letters and digits, however they are disguised, for the search alone.

Wide and circled letters, digits of other scripts and invisible characters are the same to whoever
reads them, and so are `O1O-1234-5678` and `공일공-1234-5678`.
"""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_ORDINARY = re.compile(r"[\t\n\r -~가-힣]*")
_RAISED = re.compile("[\u00b2\u00b3\u00b9\u2070-\u209c]")
"""Marks of footnotes, which are no digits of the number before them."""
_OTHER_DIGIT = re.compile(r"(?![0-9])[\d❶-❾➀-➈➊-➒⓵-⓽]")
_LETTER_DIGITS = re.compile(
    r"(?<![^\W_])(?:(?=[OoIl]*\d)(?=\d*[OoIl])(?![\dIl|]*[Oo]{3})[OoIl\d]{2,}(?![^\W_])"
    r"|[Oo][Il|][Oo](?=[\-.\s]?\d{3,4}[\-.\s]?\d{4}))"
)
_SPOKEN = re.compile(r"공일[공일육칠팔구](?:[\-.\s]*[\d공영일이삼사오육륙칠팔구]){7,8}(?![가-힣])")
_LETTERS = str.maketrans("OoIl", "0011")
_SPOKEN_DIGITS = str.maketrans("공영일이삼사오육륙칠팔구", "001234566789")


def plain(text: str) -> str:
    """Wide, circled and foreign letters and digits as ordinary ones, and nothing invisible."""
    if text.isascii() or _ORDINARY.fullmatch(text):
        return text
    text = unicodedata.normalize("NFKC", _RAISED.sub(" ", _INVISIBLE.sub("", text)))
    return _OTHER_DIGIT.sub(lambda found: str(unicodedata.digit(found[0], "")), text)


def plain_digits(text: str) -> str:
    """Letters and Hangul that stand for digits of a number as digits."""
    text = _LETTER_DIGITS.sub(lambda found: found[0].translate(_LETTERS), text)
    return _SPOKEN.sub(lambda found: found[0].translate(_SPOKEN_DIGITS), text)
