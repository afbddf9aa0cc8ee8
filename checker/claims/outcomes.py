"""What became of appeals, told in words: 县政府予以维持, 法院尚未判决, 无一败诉.

It reads which cases and which columns of table 四 are meant, and leaves out what is only feared,
planned, counted elsewhere or told of two instances. It holds nothing against the tables.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from checker.claims.scope import scope_at
from checker.claims.sentences import Sentence
from checker.domain.claim import Scope
from checker.rulebook.late import late_regex
from checker.rulebook.outcomes import CaseColumn, CaseRow, Outcome, compact, load_outcomes

_LAWSUITS: Final[frozenset[CaseRow]] = frozenset(
    ("litigation_direct", "litigation_after_reconsideration")
)
_NONE: Final[frozenset[CaseRow]] = frozenset()
_OPENING: Final = ",;:。("
_CLOSING: Final = ",;。)"
_MOST: Final = 60  # no sentence tells of so many cases
_YEAR: Final = late_regex("(20[0-9]{2})年")
Cases = frozenset[CaseRow]


class Result(NamedTuple):
    """A result that is told, or denied.

    Attributes:
        start, end: the words in the folded passage.
        cases: the kinds of which it may be told.
        nearest: the kinds named last; a denial holds for them at least.
        columns: where such cases may be counted.
        universal: it is denied by what is said of all, as in 均已审结.
        tied: the words tie it to 政府信息公开.
        named: where its sentence names the cases; None when a sentence before does.
        before: the scope of the sentence before.
    """

    start: int
    end: int
    cases: Cases
    nearest: Cases
    columns: tuple[CaseColumn, ...]
    denied: bool
    universal: bool
    tied: bool
    named: int | None
    before: Scope


class CaseReader:
    """Reads the results of the cases of a section, sentence by sentence.

    Args:
        of_appeals: it is the section on appeals, where all that is told is told of cases.
        year: of the report.
    """

    def __init__(self, *, of_appeals: bool, year: int | None) -> None:
        self._of_appeals = of_appeals
        self._year = year
        self._cases = self._nearest = self._seen = _NONE
        self._named, self._fresh = 0, False
        self._scope: Scope = "own"

    def open(self) -> None:
        """A new passage: elsewhere than in the section on appeals nothing is taken over."""
        if not self._of_appeals:
            self._cases = self._nearest = _NONE
            self._scope = "own"

    def read(self, sentence: Sentence) -> Iterator[Result]:
        """The results that a sentence tells; the sentences have to come in order."""
        words = load_outcomes()
        said = [*words.told.finditer(sentence.text, sentence.start, sentence.end)]
        self._named, self._fresh, self._seen = sentence.start, False, _NONE
        if not said or len(said) > _MOST or self._elsewhere(sentence):
            self._cases = frozenset().union(*map(_rows, said)) or self._cases
            return
        for run in _runs(sentence, said):
            rows = _rows(run[0])
            if rows:
                self._name(sentence, run[0], rows)
                continue
            yield from self._run(sentence, run, said)
            self._fresh = False
        if self._seen:
            self._cases = self._seen
            self._scope = scope_at(sentence, self._named, year=self._year)

    def scope(self, sentence: Sentence, result: Result) -> Scope:
        """The population and the time of a result: its own, or that of the cases it is of."""
        own = scope_at(sentence, result.start, year=self._year)
        if own != "own" or result.named is None:
            return own if own != "own" else result.before
        return scope_at(sentence, result.named, year=self._year)

    def _elsewhere(self, sentence: Sentence) -> bool:
        """Whether a sentence tells of cases elsewhere, of two instances, or of a later year."""
        span = (sentence.text, sentence.start, sentence.end)
        later = [int(y) for y in _YEAR.findall(*span) if self._year and int(y) > self._year]
        return bool(later) or _found(load_outcomes().elsewhere, *span)

    def _run(
        self, sentence: Sentence, run: Sequence[re.Match[str]], said: Sequence[re.Match[str]]
    ) -> Iterator[Result]:
        """The results of an enumeration; what holds of one, as 均为0 behind it, holds of all."""
        text, words = sentence.text, load_outcomes()
        start, _ = _clause(sentence, run[0])
        before, behind = _outcome(run[0]).unless_before, _pattern(words.behind)
        if (
            _labels(run)
            or (before and _found(before, text, start, run[0].start()))
            or _found(words.before, text, start, run[0].start())
            or behind.match(text, run[-1].end(), sentence.end)
        ):
            return
        kinds = _told_behind(sentence, said, run[-1])
        for match in run:
            found = self._result(sentence, match, _outcome(match))
            if found is not None:
                yield found._replace(cases=found.cases | kinds, nearest=found.nearest | kinds)

    def _name(self, sentence: Sentence, match: re.Match[str], rows: Cases) -> None:
        """Cases are named: anew behind a result, else beside or within those named before."""
        start, end = _clause(sentence, match)
        if _found(load_outcomes().denial, sentence.text, start, match.start()):
            return  # 没有未经复议直接起诉的案件
        counted = [f for f in sentence.figures if start <= f.start < end]
        if any(f.value == 0 and f.start >= match.end() for f in counted):
            self._cases = self._nearest = _NONE  # 行政复议0件，均维持
        elif not self._fresh:
            self._cases, self._nearest = rows, rows
        elif rows < self._cases and self._cases >= _LAWSUITS:
            # 诉讼1件，为复议后起诉; but 诉讼10件，其中直接起诉4件 leaves the others
            self._cases = self._cases if counted else self._cases - _LAWSUITS | rows
            beside = self._named >= start and not rows <= self._nearest
            self._nearest = self._nearest | rows if beside else rows
        elif self._named < start:
            self._cases, self._nearest = self._cases | rows, rows
        elif not self._nearest < rows:  # 复议后起诉的诉讼案件 are no more than the first words say
            self._cases, self._nearest = self._cases | rows, self._nearest | rows
        self._named, self._fresh = match.end(), True
        self._seen |= self._cases

    def _result(self, sentence: Sentence, match: re.Match[str], outcome: Outcome) -> Result | None:
        words, text = load_outcomes(), sentence.text
        start, end = _clause(sentence, match)
        denied = outcome.denied or _found(words.denial, text, start, match.start())
        cases, nearest = self._asked(sentence, match, outcome)
        if (
            not cases
            or (not denied and _found(words.negation, text, start, match.start()))
            or _found(words.not_fact, text, start, end)
            or (_pends(outcome) and _pattern(words.ended).match(text, match.end(), sentence.end))
        ):
            return None
        return Result(
            start=match.start(),
            end=match.end(),
            cases=cases,
            nearest=nearest,
            columns=outcome.columns,
            denied=denied,
            universal=outcome.denied,
            tied=self._of_appeals or _found(words.tied, text, sentence.start, end),
            named=self._named if self._seen else None,
            before=self._scope,
        )

    def _asked(
        self, sentence: Sentence, match: re.Match[str], outcome: Outcome
    ) -> tuple[Cases, Cases]:
        """The kinds of cases of which a result is told, and those named last."""
        words, text = load_outcomes(), sentence.text
        start, _ = _clause(sentence, match)
        cases, nearest = self._cases, self._nearest
        if ";" in text[self._named : match.start()]:
            cases = cases | self._seen
        both = nearest > _LAWSUITS and self._named >= start  # 复议诉讼案件中被纠正的1件
        if not both and _found(words.court, text, start, match.end()):
            return cases & _LAWSUITS or _LAWSUITS, nearest & _LAWSUITS or _LAWSUITS
        of_answer = _found(words.answer, text, start, match.end())
        decided = _found(words.reviewer, text, start, match.start())
        if not cases and (decided or outcome.columns == ("corrected",)) and of_answer:
            return _LAWSUITS | {"reconsideration"}, _NONE  # 1件答复被责令重作
        return (cases | {"reconsideration"} if decided and cases else cases), nearest


def _runs(sentence: Sentence, said: Sequence[re.Match[str]]) -> Iterator[tuple[re.Match[str], ...]]:
    """Cases that are named, and results; results in an enumeration stay together."""
    run: list[re.Match[str]] = []
    for match in said:
        between = sentence.text[run[-1].end() : match.start()] if run else ""
        goes_on = not between or _pattern(load_outcomes().joined).fullmatch(between)
        if run and (_rows(match) or _rows(run[0]) or not goes_on):
            yield tuple(run)
            run = []
        run.append(match)
    yield tuple(run)


def _rows(match: re.Match[str]) -> Cases:
    """The kinds of cases that words name; none for a result."""
    kind = match.lastgroup or ""
    return frozenset(load_outcomes().groups[int(kind[1:])].rows) if kind[0] == "g" else _NONE


def _outcome(match: re.Match[str]) -> Outcome:
    return load_outcomes().outcomes[int((match.lastgroup or "")[1:])]


def _pends(outcome: Outcome) -> bool:
    return outcome.columns == ("pending",) and not outcome.denied


def _labels(run: Sequence[re.Match[str]]) -> bool:
    """结果维持结果纠正其他结果: labels of a table, which stand side by side."""
    return any(one.end() == other.start() for one, other in pairwise(run))


def _told_behind(sentence: Sentence, said: Sequence[re.Match[str]], last: re.Match[str]) -> Cases:
    """败诉1件，为直接起诉案件: the kind that is told behind a result."""
    following = next((m for m in said if m.start() >= last.end()), None)
    if following is None:
        return _NONE
    between = sentence.text[last.end() : following.start()]
    specified = _pattern(load_outcomes().specified).fullmatch(between)
    return _rows(following) if specified else _NONE


def _clause(sentence: Sentence, match: re.Match[str]) -> tuple[int, int]:
    """The clause in which words stand: from the mark before them to the one behind them."""
    text = sentence.text
    starts = [text.rfind(c, sentence.start, match.start()) + 1 for c in _OPENING]
    ends = [i for c in _CLOSING if (i := text.find(c, match.end(), sentence.end)) >= 0]
    return max(sentence.start, *starts), min(ends, default=sentence.end)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(compact(words))


def _found(words: str, text: str, start: int, end: int) -> bool:
    return _pattern(words).search(text, start, end) is not None
