"""Whether a sentence affirms, denies, generalises or urges no more than its evidence does.

It knows no grammar: a clause is compared with the clause of the evidence that shares most with it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from checker.answers.model.bearing import Bearing
from checker.answers.model.facts import HIDDEN, FactReader, normal
from checker.answers.model.overlap import clauses_in, literal, pairs_of
from checker.llm.chat import Evidence

_QUOTED: Final = re.compile(r"“[^“”]*”|「[^「」]*」|『[^『』]*』|\"[^\"]*\"")
_LINKS: Final = "有是在予能会得宜应要曾"


@dataclass(frozen=True)
class Polarity:
    """One segment of a sentence held against its evidence."""

    reader: FactReader
    bearing: Bearing

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What is cited."""
        return self.bearing.evidence

    def holds(self) -> bool:
        """Whether nothing is denied, generalised or urged beyond the evidence."""
        text = normal(_QUOTED.sub("，", self.bearing.words))
        if not self._words_hold(text):
            return False
        for clause in self.bearing.clauses:
            spoken = self._plain(_QUOTED.sub(HIDDEN, clause.text))
            if not self._sending_holds(spoken, text) or not self._universal_holds(spoken):
                return False
            if literal(clause.text, self.evidence):
                continue
            if not self._denial_holds(spoken) or not self._affirmed(spoken):
                return False
            if not self._modality_holds(spoken):
                return False
        return True

    def _words_hold(self, text: str) -> bool:
        """Words that must be the program's own, and that two numbers differ."""
        words = self.reader.words
        told = normal("。".join(e.text for e in self.evidence))
        if not all(w in told for w in words.stated if w in text):
            return False
        return not _has(text, words.differ) or _has(told, words.differ)

    def _plain(self, text: str) -> str:
        """A clause without names and words whose characters deny nothing."""
        return self._names.sub(lambda m: HIDDEN * len(m[0]), text)

    @cached_property
    def _names(self) -> re.Pattern[str]:
        words = self.reader.words
        named = [w for w in self.reader.places if _has(w, words.negators) and len(w) > 1]
        every = sorted({*named, *words.opposed, *words.differ}, key=lambda w: (-len(w), w))
        return re.compile("|".join(map(re.escape, every)))

    @cached_property
    def _told(self) -> tuple[str, ...]:
        return tuple(map(self._plain, clauses_in(self.evidence)))

    def _denial_holds(self, text: str) -> bool:
        """What a clause denies, the evidence denies too."""
        at = self._denied_from(text)
        if at is None:
            return True
        if not self._exception_holds(text[:at], text):
            return False
        denying = [c for c in self._told if self._denied_from(c) is not None]
        if not denying:
            return self._conditional(text)
        if self._denials(text) > max(map(self._denials, denying)):
            return False
        scope = pairs_of(text[at + 1 :])
        said = {p for p in scope if any(p in c for c in self._told)}
        denied = {p for c in denying for p in pairs_of(c[self._denied_from(c) or 0 :])}
        return not said or not said.isdisjoint(denied) or self._conditional(text)

    def _exception_holds(self, subject: str, text: str) -> bool:
        """What is excepted from a denial is not denied itself."""
        pairs, words = pairs_of(subject), self.reader.words
        shared = {c: len(pairs & pairs_of(c)) for c in self._told}
        most = max(shared.values(), default=0)
        meant = [c for c, n in shared.items() if n == most and n > 1]
        excepted = bool(meant) and all(_has(c, words.excepted) for c in meant)
        return not excepted or _has(text, words.excepted)

    def _conditional(self, text: str) -> bool:
        """不能……的 where the evidence says 能……；否则……."""
        told = "".join(self._told)
        return text.rstrip().endswith(("的", "时")) and _has(told, self.reader.words.otherwise)

    def _affirmed(self, text: str) -> bool:
        """What the evidence denies in the clause that is meant, a clause does not affirm."""
        pairs = pairs_of(text)
        for clause in self._told:
            for word in self._denied_words(clause):
                if word not in text or word in self.reader.words.send or self._denies(text, word):
                    continue
                meant = max(
                    (c for c in self._told if word in c), key=lambda c: len(pairs & self._freed(c))
                )
                best = len(pairs & self._freed(meant))
                rivals = [
                    c for c in self._told if word in c and len(pairs & self._freed(c)) == best
                ]
                if best > 1 and all(self._denies(c, word) for c in rivals):
                    return False
        return True

    def _freed(self, clause: str) -> frozenset[str]:
        return pairs_of("".join(c for c in clause if c not in self.reader.words.negators))

    def _denied_words(self, clause: str) -> Iterator[str]:
        """The two characters right behind a denial."""
        for at, char in enumerate(clause):
            if char in self.reader.words.negators:
                word = clause[at + 1 :].lstrip(_LINKS)[:2]
                if len(word) == 2 and pairs_of(word):
                    yield word

    def _denies(self, text: str, word: str) -> bool:
        at = text.find(word)
        before = text[:at].rstrip(_LINKS)
        return before.endswith(tuple(self.reader.words.negators))

    def _denied_from(self, text: str) -> int | None:
        return next((i for i, c in enumerate(text) if c in self.reader.words.negators), None)

    def _denials(self, text: str) -> int:
        return len(re.findall(f"[{''.join(self.reader.words.negators)}]+", text))

    def _modality_holds(self, text: str) -> bool:
        """May is not told as must, nor the other way round."""
        words = self.reader.words
        if not all(e.norm for e in self.evidence):
            return True
        pairs = pairs_of(text)
        most = max((len(pairs & pairs_of(c)) for c in self._told), default=0)
        meant = "".join(c for c in self._told if len(pairs & pairs_of(c)) == most)
        if _has(meant, words.excepted):  # what is excepted from a ban may be done
            return not _has(text, words.must)
        if _has(text, words.must):
            return not _has(meant, words.may) or _has(meant, words.must)
        return not _has(text, words.may) or _has(meant, words.may)

    def _universal_holds(self, text: str) -> bool:
        """All is said only where the evidence says it of the same, or every evidence holds it."""
        used = [w for w in self.reader.words.universal if w in text]
        if not used or literal(text, self.evidence):
            return True
        if any(_has(c, used) and pairs_of(text) & pairs_of(c) for c in self._told):
            return True
        facts = [f for f in self.bearing.facts if "ordinal" not in f.roles]
        alone = [
            Bearing(self.reader, self.bearing.before, self.bearing.words, (e,))
            for e in self.evidence
        ]
        return len(alone) > 1 and bool(facts) and all(a.figures_hold(frozenset()) for a in alone)

    def _sending_holds(self, text: str, sentence: str) -> bool:
        """To send the report is urged only where it passes."""
        words = self.reader.words
        sent = [w for w in words.send if w in text]
        if not sent or any(e.norm for e in self.evidence):
            return True
        whole = [e for e in self.evidence if e.whole]
        at = min(text.index(w) for w in sent)
        denied = self._denied_from(text[:at]) is not None
        if any(e.license for e in whole):
            return not denied
        if denied or _has(sentence, words.send_later):
            return True
        return not whole and not _has(text, words.urged) and _has("".join(self._told), sent)


def _has(text: str, words: Iterable[str]) -> bool:
    return any(w in text for w in words)
