"""Whether a sentence affirms, denies, generalises or urges no more than its evidence does.

It knows no grammar: a clause is compared with the clause of the evidence that shares most with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from checker.answers.model.bearing import Bearing
from checker.answers.model.facts import HIDDEN, Clause, FactReader, has, normal
from checker.answers.model.overlap import clauses_in, literal, pairs_of
from checker.llm.chat import Evidence

_QUOTED: Final = re.compile(r"“[^“”]*”|「[^「」]*」|『[^『』]*』|\"[^\"]*\"")
_AND: Final = re.compile(r"[、和与及跟]")
_ITEM: Final = 4  # characters of an item that have to stand in the evidence
_QUOTE: Final = "〃"  # stands for a quotation, which is held by itself
_AROUND: Final = 2  # characters on both sides by which a denial is the same
_ENOUGH: Final = 3  # pairs of characters by which a clause of the evidence is the one meant
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
            spoken = self._plain(_unquoted(clause.text))
            if not self._sending_holds(spoken, text) or not self._universal_holds(spoken):
                return False
            if literal(clause.text, self.evidence):
                continue
            if not self._denial_holds(spoken) or not self._figures_hold(clause, spoken):
                return False
            if not self._affirmed(spoken):
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
        return not has(text, words.differ) or has(told, words.differ)

    def _plain(self, text: str) -> str:
        """A clause without names and words whose characters deny nothing."""
        return self.reader.names.sub(lambda m: HIDDEN * len(m[0]), text)

    @cached_property
    def _told(self) -> tuple[str, ...]:
        return tuple(map(self._plain, clauses_in(self.evidence)))

    def _denial_holds(self, text: str) -> bool:
        """What a clause denies, the evidence denies too."""
        at = self._denied_from(text)
        if at is None:
            return True
        denying = [c for c in self._told if self._denied_from(c) is not None]
        fewer = self._denials(text) <= max(map(self._denials, denying), default=1)
        if not fewer or not self._exception_holds(text[:at], text):
            return False
        return self._conditional(text) or self._denied_in(denying, text, at)

    def _denied_in(self, denying: Sequence[str], text: str, at: int) -> bool:
        """Whether some clauses that deny something deny what a clause does from a place on."""
        around = text[max(0, at - _AROUND) : at + _AROUND]
        if at >= _AROUND and any(around in c for c in denying):
            return True
        if meant := self._meant(text):
            return any(c in denying for c in meant)
        said = {p for p in pairs_of(text[at + 1 :]) if any(p in c for c in self._told)}
        denied = {p for c in denying for p in pairs_of(c[self._denied_from(c) or 0 :])}
        return bool(denying) and (not said or not said.isdisjoint(denied))

    def _figures_hold(self, clause: Clause, text: str) -> bool:
        """A figure behind a denial is denied in the evidence too; of a norm, or a norm itself."""
        at = self._denied_from(text)
        if at is None or all(e.norm for e in self.evidence):
            return True
        behind = [
            f
            for f in self.bearing.facts
            if clause.start + at < f.start < clause.end and "printed" in f.roles
        ]
        told = ([self._plain(c) for c in self.bearing.sources(f)] for f in behind)
        return all(any(self._denied_from(c) is not None for c in clauses) for clauses in told)

    def _meant(self, text: str) -> tuple[str, ...]:
        """The clauses of the evidence that share most with a clause, when that is enough."""
        pairs = self._freed(text)
        shared = {c: len(pairs & self._freed(c)) for c in self._told}
        most = max(shared.values(), default=0)
        return tuple(c for c, n in shared.items() if n == most) if most >= _ENOUGH else ()

    def _exception_holds(self, subject: str, text: str) -> bool:
        """What is excepted from a denial is not denied itself."""
        pairs, words = pairs_of(subject), self.reader.words
        shared = {c: len(pairs & pairs_of(c)) for c in self._told}
        most = max(shared.values(), default=0)
        meant = [c for c, n in shared.items() if n == most and n > 1]
        excepted = bool(meant) and all(has(c, words.excepted) for c in meant)
        return not excepted or has(text, words.excepted)

    def _conditional(self, text: str) -> bool:
        """不能……的 where the evidence says 能……；否则……."""
        told = "".join(self._told)
        return text.rstrip().endswith(("的", "时")) and has(told, self.reader.words.otherwise)

    def _affirmed(self, text: str) -> bool:
        """What the evidence denies in the clause that is meant, a clause does not affirm."""
        meant = self._meant(text)
        if meant and all(self._denied_from(c) is not None for c in meant):
            other = _QUOTE in text or has(text, self.reader.words.send)  # held elsewhere
            if self._denied_from(text) is None and not other:
                return False
        pairs = pairs_of(text)
        for clause in self._told:
            for word in self._denied_words(clause):
                if word not in text or word in self.reader.words.send or self._denies(text, word):
                    continue
                shared = {c: len(pairs & self._freed(c)) for c in self._told if word in c}
                best = max(shared.values())
                rivals = [c for c, n in shared.items() if n == best]
                allowed = has(text, self.reader.words.may)
                if (best > 1 or allowed) and all(self._denies(c, word) for c in rivals):
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
        if has(meant, words.excepted):  # what is excepted from a ban may be done
            return not has(text, words.must)
        if has(text, words.must):
            return not has(meant, words.may) or has(meant, words.must)
        return not has(text, words.may) or has(meant, words.may)

    def _universal_holds(self, text: str) -> bool:
        """All is said only where the evidence says it of the same, or every evidence holds it."""
        words = self.reader.words
        graded = any(f.level for f in self.bearing.facts)
        every = (*words.universal, *words.only) if graded else words.universal
        used = [w for w in every if w in text]
        if not used or literal(text, self.evidence):
            return True
        if any(has(c, used) and pairs_of(text) & pairs_of(c) for c in self._told):
            return True
        if self._enumerated(text, used):
            return True
        facts = [f for f in self.bearing.facts if "ordinal" not in f.roles]
        alone = [
            Bearing(self.reader, self.bearing.before, self.bearing.words, (e,))
            for e in self.evidence
        ]
        return len(alone) > 1 and bool(facts) and all(a.figures_hold(frozenset()) for a in alone)

    def _enumerated(self, text: str, used: list[str]) -> bool:
        """A、B和C都 without a figure, where the evidence names A, B and C."""
        if any(c.isdigit() for c in text):
            return False
        items = [i for i in _AND.split(text[: min(text.index(w) for w in used)]) if i]
        told = "".join(self._told)
        return len(items) > 1 and all(len(i) > 1 and i[:_ITEM] in told for i in items)

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
        if denied or has(sentence, words.send_later):
            return True
        return not whole and not has(text, words.urged) and has("".join(self._told), sent)


def _unquoted(text: str) -> str:
    """A text of the same length without what is quoted, which is held by itself."""
    return _QUOTED.sub(lambda m: _QUOTE * len(m[0]), text)
