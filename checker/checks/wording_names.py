"""Check for names that time has passed by: organs before a reform, meetings before the last.

History is left alone: 原, 更名, 以来, titles in 《》. Whether a name was meant for today only a
person can say, so everything here is for review.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sentences import Narrative, Span, narratives
from checker.checks.wording_places import MOST_PLACES
from checker.domain.finding import TextEvidence
from checker.rulebook.kinds_wording import OutdatedNamesRule
from checker.rulebook.meetings import Meeting, load_meetings, named_meetings
from checker.rulebook.wording import Organ, compiled, load_organs

_FORMER = 8  # characters in front of a name in which 原 makes it history
_NEAR = 20  # characters in front of a meeting in which a verb makes it the guide
_BEHIND = 12
_SENTENCE = 100  # characters on either side that a sentence or title is looked for in
_MONTHS_TO_LEARN = 3  # a plenum of the last months need not be in the report of that year


@evaluate.register
def _(rule: OutdatedNamesRule, context: CheckContext) -> KindResult:
    year = context.report.identity.year
    if context.report.empty_form or year is None:
        return KindResult()
    paragraphs = list(narratives(context))
    drafts = [*_organs(paragraphs, context, year=year)]
    meetings = _meetings(rule, paragraphs, context, year=year)
    thought = _thought(rule, paragraphs, context, year=year)
    return KindResult(drafts=(*drafts, *meetings, *thought), tests=1)


def _organs(paragraphs: Sequence[Narrative], context: CheckContext, *, year: int) -> list[Draft]:
    """One finding for all old names, each with what the organ is called today."""
    found: dict[str, list[TextEvidence]] = {}
    for paragraph in paragraphs:
        for match in _old_names().finditer(paragraph.text):
            name = match["name"]
            organ = load_organs().by_name[name]
            if year >= organ.since and _is_today(paragraph, match, organ, context):
                evidence = paragraph.evidence(context, Span(*match.span("name")))
                found.setdefault(name, []).append(evidence)
    if not found:
        return []
    by_name = load_organs().by_name
    told = "；".join(f"“{name}”现为{by_name[name].new}" for name in found)
    places = [e for evidence in found.values() for e in evidence]
    return [Draft(values={"names": told}, evidence=tuple(places[:MOST_PLACES]), verdict="review")]


@cache
def _old_names() -> re.Pattern[str]:
    """Every old name where it begins a word; 农业部门 and 文化局域网 are none."""
    known = load_organs()
    names = "|".join(map(re.escape, known.by_name))
    inside = "".join(f"(?<!{re.escape(c)})" for c in known.compounds.split())
    return re.compile(
        rf"(?<![^{re.escape(known.before)}]){inside}(?P<name>{names})(?![门域面势限])"
    )


def _is_today(
    paragraph: Narrative, match: re.Match[str], organ: Organ, context: CheckContext
) -> bool:
    """Whether the name is meant for an organ of today."""
    text, start = paragraph.text, match.start()
    if "原" in text[max(0, start - _FORMER) : start] or _in_title(text, start):
        return False
    sentence = _around(text, *match.span())
    if compiled(load_organs().history).search(sentence):
        return False
    years = [int(y) for y in re.findall(r"(?<!\d)(20\d\d)年", sentence)]
    if years and max(years) < organ.since:
        return False
    identity = context.report.identity
    # Development zones keep departments of their own, which no national reform renamed.
    zone = identity.kind_of_body == "branch" and identity.level != "township"
    return not zone and match["name"] not in (identity.agency or "")


def _around(text: str, start: int, end: int) -> str:
    """The sentence around a name, as far as it can bear on it."""
    before = re.split(r"[。;!?]", text[max(0, start - _SENTENCE) : start])[-1]
    return before + re.split(r"[。;!?]", text[start : end + _SENTENCE])[0]


def _in_title(text: str, position: int) -> bool:
    first = max(0, position - _SENTENCE)
    return text.rfind("《", first, position) > text.rfind("》", first, position)


def _meetings(
    rule: OutdatedNamesRule,
    paragraphs: Sequence[Narrative],
    context: CheckContext,
    *,
    year: int,
) -> Iterator[Draft]:
    """The newest congress or plenum that guides the text, when a newer one should be named."""
    named: list[tuple[Meeting, bool, Narrative, Span]] = []
    for paragraph in paragraphs:
        for meeting, start, end in named_meetings(paragraph.text):
            guides = _guides(rule, paragraph.text, start, end)
            named.append((meeting, guides, paragraph, Span(start, end)))
    if not named:
        return
    newest = max(m.held for m, *_ in named)
    known = load_meetings()
    congress = max((c for c in known.congresses if c.year <= year), key=lambda m: m.held)
    if newest < congress.held:
        latest, message = congress, rule.congress_message
        told = [n for n in named if n[1]]
    else:
        due = f"{year}-{12 - _MONTHS_TO_LEARN:02d}"
        held = [p for p in known.plenums if p.held <= due]
        latest, message = max(held, key=lambda m: m.held), rule.plenum_message
        plenums = [n for n in named if n[0].number]
        if not plenums or max(n[0].held for n in plenums) >= latest.held:
            return
        told = [n for n in plenums if n[1]]
    if told:
        evidence = tuple(p.evidence(context, span) for _, _, p, span in told[:MOST_PLACES])
        names = "、".join(dict.fromkeys(m.name for m, *_ in told))
        values: dict[str, str] = {"names": names, "latest": latest.name, "held": _month(latest)}
        yield Draft(values=dict(values), evidence=evidence, verdict="review", message=message)


def _month(meeting: Meeting) -> str:
    return f"{meeting.year}年{meeting.month}月"


def _guides(rule: OutdatedNamesRule, text: str, start: int, end: int) -> bool:
    """Whether the meeting leads the work rather than being part of history."""
    behind = text[end : end + _BEHIND]
    if _in_title(text, start) or compiled(rule.passed).match(behind):
        return False
    return (
        compiled(rule.guide).search(f"{text[max(0, start - _NEAR) : start]}\n{behind}") is not None
    )


def _thought(
    rule: OutdatedNamesRule,
    paragraphs: Sequence[Narrative],
    context: CheckContext,
    *,
    year: int,
) -> Iterator[Draft]:
    """An older thought as the only guide of a report that does not name the latest."""
    if year < rule.thought_from or any(rule.latest_thought in p.text for p in paragraphs):
        return
    for paragraph in paragraphs:
        match = compiled(rule.thought).search(paragraph.text)
        if match is not None:
            evidence = (paragraph.evidence(context, Span(*match.span())),)
            guides = paragraph.evidence(context, Span(*match.span("guides"))).quote
            values = {"guides": "".join(guides.split()), "latest": rule.latest_thought}
            yield Draft(
                values=values, evidence=evidence, verdict="review", message=rule.thought_message
            )
            return
