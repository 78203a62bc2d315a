"""Korean particles whose form depends on the last sound of the word before them."""

import re

_PAIRS = {
    "와(과)": ("과", "와"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "은(는)": ("은", "는"),
    "(으)로": ("으로", "로"),
}
"""As a sentence writes them → the form after a final consonant, and after none."""
_MARKED = re.compile(r"(\S)([)’”」\"']*)(" + "|".join(map(re.escape, _PAIRS)) + ")")
PARTICLES = tuple(form for forms in _PAIRS.values() for form in forms)
_ASIDE = re.compile(r"\s*\([^()]*\)$")
_CLOSED_DIGITS = frozenset("013678")
"""영, 일, 삼, 육, 칠, 팔 end in a consonant."""
_CLOSED_LETTERS = frozenset("lmnr")
"""엘, 엠, 엔 and 알; all other letters are read with a vowel at the end."""
_RIEUL = 8


def with_particles(sentence: str) -> str:
    """The sentence with each `와(과)`, `이(가)`, `을(를)`, `은(는)`, `(으)로` in its one form.

    Digits and Latin letters are judged as they are read in Korean; closing quotation marks and
    brackets are passed over. After ㄹ stands 로.
    """
    return _MARKED.sub(_chosen, sentence)


def particle_after(word: str, particle: str) -> str:
    """One of `PARTICLES` in the form that this word needs, which brackets at its end do not change.

    Args:
        word: what stands before, such as 대구신문.
        particle: either form, such as 는 for 은.
    """
    spoken = _ASIDE.sub("", word) or word
    marked = next(marked for marked, forms in _PAIRS.items() if particle in forms)
    return with_particles(f"{spoken}{marked}").removeprefix(spoken)


def _chosen(found: re.Match[str]) -> str:
    letter, closing, marked = found.groups()
    closed, is_rieul = _final(letter)
    if marked == "(으)로" and is_rieul:
        closed = False
    return f"{letter}{closing}{_PAIRS[marked][0 if closed else 1]}"


def _final(letter: str) -> tuple[bool, bool]:
    """Whether the letter ends in a consonant when read, and whether that is ㄹ."""
    if "가" <= letter <= "힣":
        final = (ord(letter) - ord("가")) % 28
        return final > 0, final == _RIEUL
    lower = letter.lower()
    return lower in _CLOSED_DIGITS | _CLOSED_LETTERS, lower in "178lr"
