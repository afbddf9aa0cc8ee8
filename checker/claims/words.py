"""Cuts folded text into the words of ``rules/terms.yaml``; jieba finds the most likely cut.

The dictionary is ours alone: no general words, no guessing of new ones, no cache on the disk.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import log
from typing import TYPE_CHECKING, NamedTuple, cast

from checker.rulebook.alternatives import any_of
from checker.rulebook.late import late_regex
from checker.rulebook.term_values import Facet
from checker.rulebook.terms import Meaning, load_terms

if TYPE_CHECKING:
    from types import ModuleType

    from jieba import Tokenizer

_PUNCTUATED = late_regex(r"[^\w]")
_FILLER = "filler"
_WEIGHT = 10  # how much rarer than a known word a cut into single characters is taken to be


class Word(NamedTuple):
    """A stretch of folded text.

    Attributes:
        meanings: what it stands for; empty for fillers and for what we do not know.
        known: it is in the dictionary.
    """

    start: int
    end: int
    text: str
    meanings: tuple[Meaning, ...]
    known: bool

    def value(self, facet: Facet) -> str | None:
        """What it stands for in one facet, or None."""
        for meaning in self.meanings:  # asked ten thousand times for one report
            if meaning.facet == facet:
                return meaning.value
        return None

    def has(self, facet: Facet, value: str) -> bool:
        """Whether it has that meaning."""
        return bool(self.meanings) and (facet, value) in self.meanings


def cut(text: str, start: int, end: int, *, own: frozenset[str] = frozenset()) -> Iterator[Word]:
    """The words of ``text[start:end]`` in order, with places in ``text``.

    Args:
        text: folded text.
        start: where to begin.
        end: where to stop.
        own: names of the reporting body, which change no meaning.
    """
    terms = load_terms().by_word
    place = start
    for piece, meanings in _pieces(text[start:end], own):
        if meanings is not None:
            yield Word(place, place + len(piece), piece, meanings, True)
            place += len(piece)
            continue
        for word in _tokenizer().cut(piece, HMM=False):
            found = terms.get(word)
            yield Word(place, place + len(word), word, found or (), found is not None)
            place += len(word)


@cache
def _telling(facets: tuple[Facet, ...]) -> re.Pattern[str]:
    """Any word of these facets."""
    found = load_terms().by_word.items()
    words = [w for w, meanings in found if any(m.facet in facets for m in meanings)]
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def mentions(text: str, start: int, end: int, *facets: Facet) -> bool:
    """Whether a word of these facets may stand in ``text[start:end]``; cheaper than a cut."""
    return _telling(facets).search(text, start, end) is not None


def _pieces(text: str, own: frozenset[str]) -> Iterator[tuple[str, tuple[Meaning, ...] | None]]:
    """The text parted at wordings that stand as a whole, with what those mean; else None."""
    place = 0
    for match, is_own in _wholes(text, own):
        if match.start() > place:
            yield text[place : match.start()], None
        yield match[0], () if is_own else _meanings(match)
        place = match.end()
    if place < len(text):
        yield text[place:], None


def _wholes(text: str, own: frozenset[str]) -> Iterator[tuple[re.Match[str], bool]]:
    """Wordings that stand as a whole, and whether each is a name of the reporting body.

    Of two at one place the name goes first, unless a longer word of the dictionary begins there.
    """
    find, names = _fixed().search, names_of(own)
    fixed, name = find(text), names.search(text) if names else None
    while fixed or name:
        if name is None or (fixed is not None and _goes_before(fixed, name)):
            first, is_own = fixed, False
        else:
            first, is_own = name, True
        if first is None:
            return
        yield first, is_own
        place = first.end()
        if fixed is not None and fixed.start() < place:
            fixed = find(text, place)
        if names is not None and name is not None and name.start() < place:
            name = names.search(text, place)


def _goes_before(fixed: re.Match[str], name: re.Match[str]) -> bool:
    if fixed.start() != name.start():
        return fixed.start() < name.start()
    return fixed.lastgroup is None and fixed.end() > name.end()


def _meanings(match: re.Match[str]) -> tuple[Meaning, ...]:
    """What a wording means; a filler of one character means nothing even if it is a word, as 将."""
    terms = load_terms()
    if match.lastgroup == _FILLER:
        return () if len(match[0]) == 1 else terms.by_word.get(match[0], ())
    if match.lastgroup:
        spec = terms.patterns[int(match.lastgroup[1:])]
        return (Meaning(spec.facet, spec.value),)
    return terms.by_word.get(match[0], ())


@cache
def _fixed() -> re.Pattern[str]:
    """Patterns, and words that jieba would take apart at punctuation."""
    terms = load_terms()
    marked = sorted((w for w in terms.by_word if _PUNCTUATED.search(w)), key=len, reverse=True)
    patterns = [f"(?P<p{i}>{p.pattern})" for i, p in enumerate(terms.patterns)]
    fillers = f"(?P<{_FILLER}>{any_of(terms.filler_patterns)})"
    return re.compile("|".join((any_of((*map(re.escape, marked), *patterns)), fillers)))


@lru_cache(maxsize=64)
def names_of(own: frozenset[str]) -> re.Pattern[str] | None:
    """The names of a body, the longest first; compiled apart, since every body has others."""
    longest_first = sorted(own, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if own else None


@cache
def _tokenizer() -> "Tokenizer":
    return tokenizer_of(load_terms().by_word)


def tokenizer_of(words: Iterable[str]) -> "Tokenizer":
    """A tokenizer that knows these words only, the longer rather than the shorter."""
    tokenizer = _import_tokenizer()()
    frequencies: dict[str, int] = {}
    for word in words:
        frequencies[word] = _WEIGHT ** min(len(word), 4) * len(word)
        for length in range(1, len(word)):
            frequencies.setdefault(word[:length], 0)
    tokenizer.FREQ = frequencies
    tokenizer.total = sum(frequencies.values())
    tokenizer.initialized = True
    tokenizer.get_DAG = _ends_of(frequencies)
    tokenizer.calc = _likeliest(frequencies, tokenizer.total)
    return tokenizer


def _ends_of(frequencies: Mapping[str, int]) -> Callable[[str], dict[int, list[int]]]:
    """What jieba looks up for a cut: where the words end that begin at each character."""

    def ends(sentence: str) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        length = len(sentence)
        for start, first in enumerate(sentence):
            known: list[int] = []
            end, piece = start, first
            while end < length and (times := frequencies.get(piece)) is not None:
                if times:
                    known.append(end)
                end += 1
                piece = sentence[start : end + 1]
            found[start] = known or [start]
        return found

    return ends


_Route = dict[int, tuple[float, int]]


def _likeliest(
    frequencies: Mapping[str, int], total: int
) -> Callable[[str, Mapping[int, Sequence[int]], _Route], None]:
    """What jieba works out for a cut, without taking the logarithms anew for every character."""
    whole = log(total)
    weights = {word: log(times) - whole for word, times in frequencies.items() if times}

    def route_through(sentence: str, ends: Mapping[int, Sequence[int]], route: _Route) -> None:
        route[len(sentence)] = (0, 0)
        for start in range(len(sentence) - 1, -1, -1):
            best: tuple[float, int] | None = None
            for end in ends[start]:
                weight = weights.get(sentence[start : end + 1], -whole) + route[end + 1][0]
                if best is None or weight >= best[0]:
                    best = (weight, end)
            route[start] = best or (0, start)

    return route_through


def _import_tokenizer() -> "type[Tokenizer]":
    """Import jieba without setuptools, which it would load for 0.1 s to read no file of ours."""
    modules = cast("dict[str, ModuleType | None]", sys.modules)  # None makes an import fail
    absent = "pkg_resources" not in modules
    known = modules.get("pkg_resources")
    modules["pkg_resources"] = None
    try:
        from jieba import Tokenizer as Imported

        tokenizer: type[Tokenizer] = Imported
    finally:
        if absent:
            del modules["pkg_resources"]
        else:
            modules["pkg_resources"] = known
    return tokenizer
