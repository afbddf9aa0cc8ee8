"""Reads a supposition: which words name cells, and what they are supposed to hold.

It decides nothing about cells. A number counts only behind a word of changing, and every other
word has to be known, as in any question.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Final, Literal, NamedTuple

from checker.answers.parse import Lexicon, Question, understand
from checker.answers.questions import SupposeWords, Words
from checker.assemble.numerals import parse_chinese_numeral

_DIGITS: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?[万亿]?"
_NUMERAL: Final = r"[零〇一二三四五六七八九十百千万亿两]+"
_SIGNS: Final = ("-", "−", "负", "减")
_NOT_A_QUESTION: Final = ("than", "greater", "less", "most", "least", "gap")

Kind = Literal["set", "add", "undo", "advised"]


class Wish(NamedTuple):
    """One cell and what it is to hold.

    Attributes:
        target: the words that name it.
        words: the figure as typed, empty for a blank; None when something is added.
        by: what is added.
    """

    target: Question
    words: str | None
    by: Decimal = Decimal(0)


class Supposition(NamedTuple):
    """What the user wants to suppose.

    Attributes:
        kind: ``set`` gives figures, ``advised`` takes those of findings, ``undo`` drops all.
        again: beside what was supposed before.
        rest: the words behind it, e.g. 还有问题吗.
        whole: the words that name findings, of ``advised``.
    """

    kind: Kind
    wishes: tuple[Wish, ...] = ()
    again: bool = False
    rest: Question | None = None
    whole: Question | None = None

    @property
    def known(self) -> bool:
        """Whether every word of it was understood."""
        compared = any(w.target.asks(*_NOT_A_QUESTION) for w in self.wishes)
        return not compared and not self.unknown

    @property
    def unknown(self) -> tuple[str, ...]:
        """The words that were not understood."""
        asked = [w.target for w in self.wishes]
        asked += [q for q in (self.rest, self.whole) if q is not None]
        return tuple(u for q in asked for u in q.unknown)


def read_supposition(question: str, lexicon: Lexicon, words: SupposeWords) -> Supposition | None:
    """The supposition in a question; None when it is none.

    Args:
        question: as typed.
        lexicon: known words of this report.
        words: how suppositions are worded.
    """
    text = "".join(unicodedata.normalize("NFKC", question).split())
    text = _put_together(text, lexicon, words)
    if any(w in text for w in words.undo):
        rest = understand(_without(text, (*words.undo, *words.conditions)), lexicon)
        if not (
            rest.places or rest.all("ordinal") or rest.intents - {"fix"}
        ):  # 行政复议撤销几件 is no such wish
            return Supposition("undo", rest=rest)
    onward = text.startswith(words.onward)
    if _takes_advice(text, words):
        known = (*words.advised, *words.apply, *words.conditions, *words.effect)
        whole = understand(_without(text, known), lexicon)
        return Supposition("advised", whole=whole, again=onward or _has(text, words.again))
    supposes = any(w in text for w in words.conditions)
    bare = _filled(words).fullmatch(text)
    found = list(
        _pattern(words, plain=supposes or bool(bare), moved=supposes or "把" in text).finditer(text)
    )
    if not found:
        return None
    wishes: list[Wish] = []
    at = 0
    for match in found:
        target = _without(text[at : match.start()], (*words.conditions, *words.again))
        wishes.append(_wish(match, understand(target, lexicon), words))
        at = match.end()
    behind = _without(text[at:], (*words.effect, *words.conditions))
    return Supposition(
        "set",
        tuple(wishes),
        again=onward or _has(text[: found[0].start()], words.again),
        rest=understand(behind, lexicon),
    )


def _put_together(text: str, lexicon: Lexicon, words: SupposeWords) -> str:
    """我改了自然人为1 as 我自然人改为1: the word of changing beside the figure."""
    found = _apart(words).search(text)
    if found is None or not understand(found["what"], lexicon).places:
        return text
    said = f"{found['what']}{words.changes_to}"
    return f"{text[: found.start()]}{said}{text[found.end() :]}"


def _takes_advice(text: str, words: SupposeWords) -> bool:
    """Whether the figures that findings advise are to be taken, not asked for."""
    plain = _without(text, words.effect)
    return _has(text, words.advised) and _has(text, words.apply) and not _has(plain, words.asking)


def _wish(match: re.Match[str], target: Question, words: SupposeWords) -> Wish:
    if (moved := match["moved"]) is not None:
        amount = _amount(match["by"])
        return Wish(target, None, -amount if moved in words.less else amount)
    if match["blank"]:
        return Wish(target, "")
    if match["zero"]:
        return Wish(target, "0")
    figure = match["figure"] + (match["unit"] or "")
    sign = match["sign"] or ""
    return Wish(target, f"-{figure}" if sign in _SIGNS and sign else figure)


def _amount(words: str) -> Decimal:
    plain = words.replace(",", "")
    read = parse_chinese_numeral(plain)
    return read if read is not None else Decimal(0)


def _has(text: str, words: Iterable[str]) -> bool:
    return any(w in text for w in words)


def _without(text: str, words: Sequence[str]) -> str:
    """A text without some words, a sign in their place, so that no new word comes about."""
    return _any(tuple(words)).sub("，", text) if words else text


@cache
def _any(words: Words) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@cache
def _apart(words: SupposeWords) -> re.Pattern[str]:
    """改了自然人为1: what is changed stands between the word of changing and 为."""
    verbs, to = _any(words.apart).pattern, "为|成"
    figure = f"(?:{_DIGITS}|{_NUMERAL})"
    return re.compile(
        rf"(?:{verbs})了?(?!{to})(?P<what>[^，,。；;？?\d]{{2,30}}?)(?:{to})(?={figure})"
    )


@cache
def _filled(words: SupposeWords) -> re.Pattern[str]:
    """填4可以吗: a figure and nothing but whether it will do."""
    counted = f"(?:{_any(words.counting).pattern})?"
    verbs, asked = _any(words.filled).pattern, _any(words.allowed).pattern
    return re.compile(rf"[那就]?(?:{verbs})(?:{_DIGITS}|{_NUMERAL}){counted}(?:{asked})[?？]?")


@cache
def _pattern(words: SupposeWords, *, plain: bool, moved: bool) -> re.Pattern[str]:
    """Words of changing with a figure behind them."""
    verbs = (*words.changes, *(words.plain if plain else ()))
    figure = rf"(?P<sign>[-−负减])?(?P<figure>{_DIGITS}|{_NUMERAL})"
    unit = f"(?P<unit>{_any(words.money).pattern})?"
    counted = f"(?:{_any(words.counting).pattern})?"
    blank = f"(?P<blank>{_any(words.blank).pattern})"
    zero = f"(?P<zero>{_any(words.zero).pattern})"
    other = f"(?!{_any(words.not_figures).pattern})"
    to = rf"(?:{_any(verbs).pattern})[了:成为]?(?:{figure}{other}{unit}{counted}|{blank}|{zero})"
    if not moved:
        return re.compile(f"{to}(?P<moved>(?!))?(?P<by>(?!))?")
    ways = _any((*words.more, *words.less)).pattern
    by = rf"(?P<moved>{ways})了?(?P<by>{_DIGITS}|{_NUMERAL}){counted}"
    return re.compile(f"{to}|{by}")
