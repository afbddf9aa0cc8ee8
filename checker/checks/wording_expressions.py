"""Check of fixed expressions: worded as they are, listed in their order.

Only words that clearly mean the expression are compared; quotation marks do not count.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, pairwise
from typing import NamedTuple

from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.nearest import closest, difference
from checker.checks.sentences import Narrative, narratives
from checker.checks.wording_places import MOST_PLACES
from checker.domain.finding import TextEvidence
from checker.rulebook.kinds_wording import ExpressionsRule
from checker.rulebook.wording import Expression, FixedOrder, compiled, load_expressions

_QUOTES = re.compile(r"[\"'「」『』]")
_AROUND = 40  # characters in which another expression shows that this one is meant
_MOST_LOOKED = 300  # places compared letter by letter; a report has one or two
_ALSO = 4  # a right form may begin so many characters before the words found
_RUN = re.compile(r"[\u4e00-\u9fff]+")


class _Bare(NamedTuple):
    """A paragraph without quotation marks; ``at`` are places in its folded text."""

    narrative: Narrative
    text: str
    at: tuple[int, ...]

    def evidence(self, context: CheckContext, start: int, end: int) -> TextEvidence:
        """A part of the text, as printed."""
        span = self.narrative.passage.locate(self.at[start], self.at[end - 1] + 1)
        return context.text_evidence(span, self.narrative.section)


class _Fault(NamedTuple):
    """Words that are not right; ``right`` is what should stand."""

    printed: str
    right: str
    sure: bool
    evidence: TextEvidence


@evaluate.register
def _(rule: ExpressionsRule, context: CheckContext) -> KindResult:
    known = load_expressions()
    whole = "\n".join(_QUOTES.sub("", t.text) for t in context.section_texts)
    meant = [e for e in known.expressions if _is_misworded(e, whole)]
    listed = [o for o in known.sequences if _is_listed(o, whole)]
    drafts: list[Draft] = []
    if meant or listed:
        bare = [_bare(n) for n in narratives(context)]
        drafts += _misworded(meant, bare, context)
        drafts += [d for o in listed for d in _disordered(rule, o, bare, context)]
    tests = len(known.expressions) + len(known.sequences)
    return KindResult(drafts=tuple(drafts), tests=tests)


def _is_misworded(expression: Expression, text: str) -> bool:
    """Whether a look at every paragraph is worth while."""
    if not any(word in text for word in expression.sought):
        return False
    rest = text if expression.extends else text.replace(expression.right, "\n")
    return compiled(expression.near).search(rest) is not None


def _is_listed(order: FixedOrder, text: str) -> bool:
    """Whether the expressions are listed at all."""
    there = sum(any(form in text for form in item.split("|")) for item in order.items)
    return there > 1 and _list(order).search(text) is not None


def _bare(narrative: Narrative) -> _Bare:
    text = narrative.text
    at = tuple(i for i, c in enumerate(text) if not _QUOTES.match(c))
    return _Bare(narrative, "".join(text[i] for i in at), at)


def _misworded(
    expressions: Sequence[Expression], paragraphs: Sequence[_Bare], context: CheckContext
) -> Iterator[Draft]:
    """One finding for each misworded form, with all its places."""
    faults: list[_Fault] = []
    told: dict[int, set[int]] = {}
    for candidate in islice(_candidates(expressions, paragraphs), _MOST_LOOKED):
        paragraph, expression = paragraphs[candidate.paragraph], candidate.expression
        span = _span(candidate, paragraph.text)
        if span is None:
            continue
        start, end = span
        places = told.setdefault(candidate.paragraph, set())
        if start in places or end - 1 in places:
            continue  # the name inside a longer expression
        places.update(range(start, end))
        printed = paragraph.text[start:end]
        evidence = paragraph.evidence(context, start, end)
        faults.append(_Fault(printed, _right(expression, printed), expression.sure, evidence))
    by_form: dict[tuple[str, str], list[_Fault]] = {}
    for fault in faults:
        by_form.setdefault((fault.printed, fault.right), []).append(fault)
    for (printed, right), same in by_form.items():
        times = f"（共{len(same)}处）" if len(same) > 1 else ""
        yield Draft(
            values={"printed": printed, "right": right, "times": times}
            | {"difference": difference(printed, right)},
            evidence=tuple(f.evidence for f in same[:MOST_PLACES]),
            verdict="fail" if same[0].sure else "review",
            severity=None if same[0].sure else "warning",
        )


def _right(expression: Expression, printed: str) -> str:
    if expression.swap is None:
        return expression.right
    wrong, right = expression.swap
    return printed.replace(wrong, right)


class _Candidate(NamedTuple):
    """A place that may mean an expression, in the text where the right ones are blanked out."""

    paragraph: int
    expression: Expression
    masked: str
    match: re.Match[str]


def _candidates(
    expressions: Sequence[Expression], paragraphs: Sequence[_Bare]
) -> Iterator[_Candidate]:
    for number, paragraph in enumerate(paragraphs):
        for expression in expressions:
            right, text = expression.right, paragraph.text
            masked = text if expression.extends else text.replace(right, "\n" * len(right))
            for match in compiled(expression.near).finditer(masked):
                yield _Candidate(number, expression, masked, match)


def _span(candidate: _Candidate, text: str) -> tuple[int, int] | None:
    """Words that mean the expression and are not it."""
    expression, match = candidate.expression, candidate.match
    span = match.span("wrong" if "wrong" in match.re.groupindex else 0)
    if expression.most_edits is not None:
        nearest = _closest(expression, candidate.masked, match.start())
        if nearest is None:
            return None
        span = nearest
    if _is_right_too(expression, candidate.masked, *span):
        return None
    return span if _is_meant(expression, text, *span) else None


def _closest(expression: Expression, text: str, position: int) -> tuple[int, int] | None:
    """The words around a place that come closest to the expression, if they are close."""
    if expression.most_edits is None:
        return None
    reach = len(expression.right) + expression.most_edits
    first = max(0, position - reach)
    runs = _RUN.finditer(text, first, position + reach)
    run = next((r for r in runs if r.start() <= position < r.end()), None)
    if run is None:
        return None
    cost, start, end = closest(expression.right, run.group())
    words = run.group()[start:end]
    if not 0 < cost <= 2 * expression.most_edits:
        return None
    if not any(word in words for word in expression.needs.split()):
        return None
    return run.start() + start, run.start() + end


def _is_right_too(expression: Expression, text: str, start: int, end: int) -> bool:
    window = text[max(0, start - _ALSO) : end + _ALSO]
    return any(compiled(pattern).search(window) for pattern in expression.also)


def _is_meant(expression: Expression, text: str, start: int, end: int) -> bool:
    """Whether the sentence around speaks of such expressions, where that is asked for."""
    cues = expression.beside.split()
    around = f"{text[max(0, start - _AROUND) : start]}\n{text[end : end + _AROUND]}"
    return not cues or any(cue in around for cue in cues)


@cache
def _items(order: FixedOrder) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<i{n}>{item})" for n, item in enumerate(order.items)))


@cache
def _list(order: FixedOrder) -> re.Pattern[str]:
    item = f"(?:{'|'.join(order.items)})"
    return re.compile(f"{item}(?:{order.between}{item}){{1,12}}(?={order.behind})")


def _disordered(
    rule: ExpressionsRule, order: FixedOrder, paragraphs: Sequence[_Bare], context: CheckContext
) -> Iterator[Draft]:
    """Lists in another order, and lists that leave a member out."""
    for paragraph in paragraphs:
        for listed in _list(order).finditer(paragraph.text):
            found = _items(order).finditer(listed.group())
            ranks = [int(m.lastgroup[1:]) for m in found if m.lastgroup]
            turned = any(a >= b for a, b in pairwise(ranks))
            whole = {0, len(order.items) - 1} <= set(ranks)
            lacking = order.complete and whole and len(ranks) < len(order.items)
            if not turned and not lacking:
                continue
            evidence = paragraph.evidence(context, *listed.span())
            yield Draft(
                values={"name": order.name, "printed": listed.group(), "right": _names(order)},
                evidence=(evidence,),
                verdict="fail" if turned and order.sure else "review",
                severity=None if turned and order.sure else "warning",
                message=rule.order_message if turned else rule.gap_message,
            )


def _names(order: FixedOrder) -> str:
    return "、".join(item.partition("|")[0] for item in order.items)
