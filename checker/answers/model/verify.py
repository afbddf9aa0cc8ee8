"""Holds every sentence of a model against the evidence that it cites; what fails is not shown.

Tested are: that every id was given to the model, that every figure stands in the evidence cited
right behind it, that quotes are literal, that rows and columns are those of the evidence, that
a sentence without a figure has a good part of its words from the evidence, that nothing is
called right, and no finding wrong, that code has not called so, that a figure stands for what it
stands for in the evidence (``bearing``), and that nothing is turned round (``polarity``). What is
not tested: relations between words that no list knows.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from checker.answers.model.bearing import Bearing
from checker.answers.model.facts import FactReader
from checker.answers.model.figures import figures_in
from checker.answers.model.memory import Source
from checker.answers.model.polarity import Polarity
from checker.answers.model.words import ChatWords
from checker.llm.chat import Evidence, Sentence

_ONE: Final = r"[\[【［]([^\[\]【】［］]{1,80})[\]】］]"
_BRACKET: Final = re.compile(_ONE)
_CITED: Final = re.compile(rf"\s*{_ONE}(?:[、,，\s]*{_ONE})*")
_BETWEEN: Final = re.compile(r"[、,，;；\s]+")
_QUOTED: Final = re.compile(r"“([^“”]*)”|「([^「」]*)」|『([^『』]*)』|\"([^\"]*)\"")
_MARKUP: Final = re.compile(r"[<>|\[\]{}]|\]\(|https?:|www\.|!\[|\w@\w|\\", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[^，。；！？,;:：]+")
_BEFORE_NEGATION: Final = 3
_BEFORE_NORM: Final = 10
_LONGEST: Final = 400
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_FEW_PAIRS: Final = 3
_SHARE: Final = 0.3  # of the pairs of characters; a retelling has more, an invention hardly any
_ENDS: Final = ("。", "！", "？", "；")


class Segment(NamedTuple):
    """Words and the evidence cited right behind them."""

    words: str
    evidence: tuple[Evidence, ...]
    before: str = ""


@dataclass(frozen=True)
class Verifier:
    """What sentences are held against.

    Attributes:
        given: sources that were given to the model, by id; grows during the conversation.
        words: how verdicts are worded.
        names: official names of rows and columns.
        reader: reads what figures stand for.
        refusal: the sentence that says that there is no basis.
    """

    given: Mapping[str, Source]
    words: ChatWords
    names: tuple[str, ...]
    reader: FactReader
    refusal: str

    def verify(self, sentence: str) -> Sentence | None:
        """The sentence as it may be shown; None when it does not hold."""
        if _letters(_BRACKET.sub("", sentence)) == _letters(self.refusal):
            return Sentence(self.refusal, refusal=True)
        segments = self._segments(sentence)
        if segments is None or len(sentence) > _LONGEST or not all(map(self._holds, segments)):
            return None
        ids = tuple(dict.fromkeys(e.id for s in segments for e in s.evidence))
        text = "".join(f"{s.words}{''.join(f'[{e.id}]' for e in s.evidence)}" for s in segments)
        return Sentence(text, ids)

    def _segments(self, sentence: str) -> tuple[Segment, ...] | None:
        """The sentence cut behind its citations; None when it cites nothing, or what is not."""
        found: list[Segment] = []
        at = 0
        for match in _CITED.finditer(sentence):
            ids = [
                i for b in _BRACKET.finditer(match[0]) for i in _BETWEEN.split(b[1].strip()) if i
            ]
            if not ids or any(i not in self.given for i in ids):
                return None
            evidence = tuple(self.given[i].evidence for i in dict.fromkeys(ids))
            words = sentence[at : match.start()]
            if not _letters(words):
                return None
            found.append(Segment(words, evidence, "".join(f.words for f in found)))
            at = match.end()
        if not found:
            return None
        rest = sentence[at:].strip()
        if _letters(rest):  # words behind the last citation rest on what was cited before
            before = "".join(f.words for f in found)
            return (*found, Segment(rest, found[-1].evidence, before))
        ended = rest or found[-1].words.rstrip()[-1:] in _ENDS
        return (*found, Segment(rest if ended else "。", ()))

    def _holds(self, segment: Segment) -> bool:
        words, evidence, _ = segment
        if not evidence:
            return True
        if _MARKUP.search(words) or not self._means_the_same(segment):
            return False
        texts = [e.text for e in evidence]
        if not self._quotes_hold(words, texts) or not self._names_hold(words, texts):
            return False
        if not figures_in(words) and not _shares_words(words, texts):
            return False
        framed = all(not e.frame or any(w in words for w in e.frame) for e in evidence)
        return framed and self._verdicts_hold(words, evidence)

    def _means_the_same(self, segment: Segment) -> bool:
        """Whether figures have the roles they have in the evidence, and nothing is turned round."""
        words, evidence, before = segment
        bearing = Bearing(self.reader, before, words, evidence)
        derived = bearing.derived()
        told = figures_in("。".join(e.text for e in evidence), plain_too=True)
        if derived is None or not figures_in(words) - derived <= told:
            return False
        if not bearing.figures_hold(derived) or not bearing.places_hold():
            return False
        return bearing.blame_holds() and Polarity(self.reader, bearing).holds()

    def _quotes_hold(self, words: str, texts: Sequence[str]) -> bool:
        rest = _QUOTED.sub("", words)
        if any(c in rest for c in '“”「」『』"'):
            return False
        told = [_squeezed(t) for t in texts]
        quotes = (next(g for g in m.groups() if g is not None) for m in _QUOTED.finditer(words))
        return all(any(_squeezed(q) in t for t in told) for q in quotes)

    def _names_hold(self, words: str, texts: Sequence[str]) -> bool:
        """Every row or column that is named, the longest names first, stands in the evidence."""
        left = words
        for name in self.names:
            if name in left:
                if not any(name in t for t in texts):
                    return False
                left = left.replace(name, "，")
        return True

    def _verdicts_hold(self, words: str, evidence: Sequence[Evidence]) -> bool:
        """Nothing is called right, and no finding wrong, unless code says so of the same thing."""
        spoken = _QUOTED.sub("，", words)
        whole = any(w in spoken for w in self.words.whole)
        licenses = [e.license for e in evidence if e.license and (e.whole or not whole)]
        for group in self.words.verdicts:
            used = any(self._stands(spoken, group))
            if used and not any(any(self._stands(x, group)) for x in licenses):
                return False
        return True

    def _stands(self, text: str, group: Iterable[str]) -> Iterator[bool]:
        """Whether a word stands somewhere, not turned around and not as a norm."""
        for clause in _CLAUSE.findall(text):
            for word in group:
                at = clause.find(word)
                while at >= 0:
                    near = clause[max(0, at - _BEFORE_NEGATION) : at]
                    before = clause[max(0, at - _BEFORE_NORM) : at]
                    turned = any(near.endswith(n) for n in self.words.negations)
                    norm = any(n in before for n in self.words.norms)
                    yield not (turned or norm)
                    at = clause.find(word, at + 1)


def _shares_words(words: str, texts: Sequence[str]) -> bool:
    """Whether enough of what a sentence says is said in the evidence at all."""
    pairs = [w[i : i + 2] for w in _HAN.findall(words) for i in range(len(w) - 1)]
    told = "，".join(texts)
    return len(pairs) < _FEW_PAIRS or sum(p in told for p in pairs) >= _SHARE * len(pairs)


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
