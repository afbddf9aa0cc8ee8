"""Finds what a question is about by its words, where no other way of understanding it led on.

Every word that is not one of asking has to stand in the finding, the row of the ledger or the
rule; a number has to be the same number. Nothing is guessed from a part of the words.
"""

import re
from collections.abc import Sequence
from typing import Final

from checker.answers import law
from checker.answers.findings import tell_finding
from checker.answers.ledger import segment, tell_claims
from checker.answers.library import Library
from checker.answers.questions import MatchWords
from checker.answers.types import Answer, Citation, Conversation
from checker.answers.view import SEVERITY_NAMES, View, clauses
from checker.answers.wording import fold
from checker.domain.finding import CellEvidence, Finding
from checker.rulebook.schema import RuleBase

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_SHORTEST: Final = 2
_MOST: Final = 3


def match_words(
    question: str, *, view: View | None, library: Library, words: MatchWords
) -> Answer | None:
    """The findings, ledger rows or rule that hold every word; None when none or too many do."""
    plain = fold(question)
    wanted = _wanted(plain, words)
    judged = any(w in plain for w in (*words.judging, *words.quantities))
    if not wanted or not (judged or any(w in plain for w in words.reasons)):
        return None
    if not judged:
        return _findings(view, library, wanted) if view is not None else None
    ledger = _ledger(view, wanted) if view is not None else None
    if any(w in plain for w in words.quantities):
        return ledger
    if view is not None and (found := _findings(view, library, wanted)):
        return found
    rule = _rule(view, library, wanted)
    norm = any(w in plain for w in words.norms)
    return (rule or ledger) if norm else (ledger or rule)


def _wanted(plain: str, words: MatchWords) -> tuple[str, ...]:
    """Numbers and runs of words that are not words of asking; empty when they say too little."""
    asking = sorted(map(fold, words.asking), key=len, reverse=True)
    rest = re.sub("|".join(map(re.escape, asking)), " ", plain)
    numbers = _NUMBER.findall(rest)
    units = "|".join(sorted(map(re.escape, words.units), key=len, reverse=True))
    runs = re.sub(rf"{_NUMBER.pattern}(?:{units})?", " ", rest).split()
    runs = [r for r in runs if r not in words.units]
    if any(len(r) < _SHORTEST for r in runs) or not (runs or numbers):
        return ()
    return (*numbers, *runs)


def _holds(text: str, wanted: Sequence[str]) -> bool:
    """Whether a text has every number, and every run whole or in pieces of two or more."""
    plain = fold(text)
    numbers = set(_NUMBER.findall(plain))
    return all(w in numbers if _NUMBER.fullmatch(w) else _covered(w, plain) for w in wanted)


def _covered(run: str, plain: str) -> bool:
    reached = [True, *([False] * len(run))]
    for end in range(_SHORTEST, len(run) + 1):
        reached[end] = any(
            reached[start] and run[start:end] in plain for start in range(end - _SHORTEST + 1)
        )
    return reached[-1]


def _findings(view: View, library: Library, wanted: Sequence[str]) -> Answer | None:
    found = [n for n, f in enumerate(view.findings, 1) if _holds(_told(f), wanted)]
    if not 1 <= len(found) <= _MOST:
        return None
    told = [tell_finding(view, library, number=n, aspects=()) for n in found]
    if len(told) == 1:
        return told[0]
    return told[0].model_copy(
        update={
            "text": "\n\n".join(a.text for a in told),
            "citations": tuple(c for a in told for c in a.citations),
            "highlight": tuple(dict.fromkeys(c for a in told for c in a.highlight)),
        }
    )


def _told(finding: Finding) -> str:
    evidence = (
        f"{e.label}，{e.printed}" if isinstance(e, CellEvidence) else e.quote
        for e in finding.evidence
    )
    return "，".join((finding.title, finding.message, *evidence))


def _ledger(view: View, wanted: Sequence[str]) -> Answer | None:
    """The figures of clauses that hold every word; those that the words lead to, if any."""
    found = [c for c in view.run.claims if _holds(c.quote, wanted)]
    return tell_claims(view, [c for c in found if _holds(segment(c), wanted)] or found)


def _rule(view: View | None, library: Library, wanted: Sequence[str]) -> Answer | None:
    """The rules whose title has the words; else those whose reason or advice has them whole."""
    form = view.form.id if view else None
    rules = [r for r in library.rules.values() if form is None or form in r.forms]
    found = [r for r in rules if _holds(r.title, wanted)]
    if not found and all(len(w) > _SHORTEST for w in wanted):
        found = [r for r in rules if all(w in fold(_explained(r)) for w in wanted)]
    if not 1 <= len(found) <= _MOST:
        return None
    if len(found) == 1:
        return law.tell_rule(library, found[0].id, view=view, aspects=set())
    return Answer(
        kind="rule",
        text="\n".join(("这几条规则说到：", *map(_line, found))),
        citations=tuple(Citation(rule=r.id) for r in found),
        context=Conversation(),
    )


def _explained(rule: RuleBase) -> str:
    return "，".join((rule.title, rule.why, rule.fix_hint, *rule.exceptions))


def _line(rule: RuleBase) -> str:
    severity = SEVERITY_NAMES[rule.severity]
    return f"{rule.id}（{severity}）{rule.title}。{rule.why}依据：{clauses(rule.basis)}"
