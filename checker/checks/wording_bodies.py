"""Check for text that is of another body: another name as its own, 我镇 in a bureau's report.

Superiors, subordinates, partners and issuers of documents are named rightly in every report; only
a body of the same level and kind that does what the report's own body should do is told. Whether
the text was copied is for a person.
"""

import re
from collections.abc import Iterator, Sequence

from checker.assemble.agency import agree
from checker.assemble.bodies import classify, looks_like_body, split_place
from checker.assemble.passages import EMPTY_FORM
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sentences import Narrative, Span, narratives
from checker.checks.wording_places import MOST_PLACES
from checker.domain.finding import TextEvidence
from checker.domain.report import Identity
from checker.rulebook.kinds_wording import OtherBodyRule
from checker.rulebook.lexicon import found
from checker.rulebook.wording import compiled

_NAME = r"(?P<name>[\u4e00-\u9fff()]{2,30}?)"
_OFFICE = re.compile(r"(?:党政)?(?:综合)?办公[厅室]$")
_AREAS = "省市州县区旗"
_LEAST_PLACE = 2  # 县 alone is the writer's own
_STOP = re.compile("[。;]|问题:|:(?=[一二三四五六]是)")


@evaluate.register
def _(rule: OtherBodyRule, context: CheckContext) -> KindResult:
    identity = context.report.identity
    if context.report.empty_form:
        return KindResult(not_judged=EMPTY_FORM)
    if identity.agency is None or identity.kind_of_body is None:
        return KindResult()
    paragraphs = list(narratives(context))
    drafts = [
        *_other_names(rule, paragraphs, context),
        *_called(rule, paragraphs, context),
        *_nobody(rule, paragraphs, context),
    ]
    return KindResult(drafts=tuple(drafts), tests=3)


def _other_names(
    rule: OtherBodyRule, paragraphs: Sequence[Narrative], context: CheckContext
) -> Iterator[Draft]:
    """Other bodies that act as the report's own, one finding for each."""
    identity = context.report.identity
    told: dict[str, list[TextEvidence]] = {}
    for paragraph in paragraphs:
        for start, end in sorted(set(_named(rule, paragraph, identity))):
            evidence = paragraph.evidence(context, Span(start, end))
            told.setdefault(paragraph.text[start:end], []).append(evidence)
    for name, places in told.items():
        yield Draft(
            values={"name": name, "own": identity.agency or ""},
            evidence=tuple(places[:MOST_PLACES]),
            verdict="review",
        )


def _named(
    rule: OtherBodyRule, paragraph: Narrative, identity: Identity
) -> Iterator[tuple[int, int]]:
    """Places of names of other bodies that stand where the report's own should."""
    text = paragraph.text
    own = identity.agency or ""
    for pattern in rule.asked:
        for match in compiled(pattern.replace("%name%", _NAME)).finditer(text):
            if _is_other(rule, match["name"], identity):
                yield match.span("name")
    subject = compiled(f"{rule.opening}{_NAME}(?=(?P<claim>{rule.claims})|{rule.attitudes})")
    strange = compiled(
        f"{rule.lead_in}{rule.opening}{_NAME}(?=(?P<attitude>{rule.attitudes})|{rule.affairs})"
    )
    for start in (0, *_stops(text)):
        alike = subject.match(text, start)
        if alike is not None:
            partner = alike["claim"] is None
            if _is_other(rule, alike["name"], identity, partner=partner):
                yield alike.span("name")
        afar = strange.match(text, start)
        known = afar is None or not _is_strange(rule, afar, paragraph, own)
        if afar is not None and not known and _is_other(rule, afar["name"], identity):
            yield afar.span("name")


def _is_strange(rule: OtherBodyRule, match: re.Match[str], paragraph: Narrative, own: str) -> bool:
    """Whether a body is of quite another place, and nothing says that the two met over a matter."""
    one, two = split_place(match["name"]).name, split_place(own).name
    if min(len(one), len(two)) < _LEAST_PLACE or one.endswith(two) or two.endswith(one):
        return False
    sentence = paragraph.text[slice(*paragraph.sentence(*match.span("name")))]
    if found(rule.together, sentence):
        return False
    if match["attitude"] is not None:
        return True
    # 目前县林业局: perhaps no place but words before the report's own body
    no_place = _same_task(match["name"], own) and compiled(rule.no_place_words).match(one)
    return not (no_place or found(rule.praised, sentence))


def _stops(text: str) -> Iterator[int]:
    """The places behind full stops, where sentences begin."""
    return (stop.end() for stop in _STOP.finditer(text))


def _is_other(rule: OtherBodyRule, name: str, identity: Identity, *, partner: bool = False) -> bool:
    """Whether a name is of another body of the same level and kind.

    Args:
        rule: the wordings.
        name: as printed.
        identity: the report's own body.
        partner: departments are told of like that rightly, but not one with the report's own
            task in another place.
    """
    bare = _OFFICE.sub("", name) if identity.kind_of_body != "office" else name
    own = identity.agency or ""
    if compiled(rule.no_body).search(bare):
        return False
    if identity.kind_of_body == "department" and not compiled(rule.organs).search(bare):
        return False
    place = split_place(bare).name
    named = looks_like_body(bare) and place and not compiled(rule.no_place).search(place)
    if not named or agree(bare, own):
        return False
    if partner and identity.kind_of_body == "department" and not _same_task(bare, own):
        return False
    other = classify(bare)
    if other.level != identity.level or other.level is None:
        return False
    township = {"government", "branch"}
    alike = other.level == "township" and {other.kind, identity.kind_of_body} <= township
    return other.kind == identity.kind_of_body or alike


def _same_task(name: str, own: str) -> bool:
    """Whether both are the organ of one task: 青山县水务局 and 云溪县水务局."""
    tasks = [re.sub(r"^.*[省市州县区旗]", "", n) for n in (name, own)]
    return tasks[0] == tasks[1]


def _called(
    rule: OtherBodyRule, paragraphs: Sequence[Narrative], context: CheckContext
) -> Iterator[Draft]:
    """Words such as 我镇 that the report's own body could not use."""
    identity = context.report.identity
    told: dict[str, list[TextEvidence]] = {}
    right: set[str] = set()
    for paragraph in paragraphs:
        for match in compiled(rule.called).finditer(paragraph.text):
            if _may_use(rule, match["word"], identity):
                right.add(match["word"])
            else:
                evidence = paragraph.evidence(context, Span(*match.span()))
                told.setdefault(match.group(), []).append(evidence)
    for words, places in told.items():
        # 我区 may be the autonomous region above a county that calls itself 我县 elsewhere.
        if words == "我区" and "县" in right:
            continue
        yield Draft(
            values={"words": words, "own": identity.agency or ""},
            evidence=tuple(places[:MOST_PLACES]),
            verdict="review",
            message=rule.self_message,
        )


def _may_use(rule: OtherBodyRule, word: str, identity: Identity) -> bool:
    """Whether 我 with that word can be the report's own body or an area above it."""
    own = identity.agency or ""
    if word in _AREAS:
        return _may_be_area(word, own)
    if word in own or (word in rule.office_words and identity.kind_of_body != "department"):
        return True
    # Zones are districts and committees at once; a vertical organ may be of any kind.
    return identity.kind_of_body == "vertical" or (
        identity.kind_of_body == "branch" and identity.level != "township"
    )


def _may_be_area(word: str, own: str) -> bool:
    """Whether an area of that kind can hold the body: only 县 and 区 of a county level exclude.

    A 市 may stand above either, a 区 may be a zone; nothing is said without a place in the name.
    """
    place = split_place(own).name
    county = next((c for c in reversed(place) if c in "县区旗市"), "")
    if not county or word not in "县区":
        return True
    return word == county or (word == "区" and county != "县")


def _around(paragraph: Narrative, match: re.Match[str]) -> str:
    """The sentence in which a match stands."""
    return paragraph.text[slice(*paragraph.sentence(*match.span()))]


def _nobody(
    rule: OtherBodyRule, paragraphs: Sequence[Narrative], context: CheckContext
) -> Iterator[Draft]:
    """A section that names no body in particular, and never its own or of nobody as a subject."""
    identity = context.report.identity
    if identity.level not in rule.nobody_levels:
        return
    own = [p for p in paragraphs if p.section == rule.nobody_section]
    speaks = any(found(rule.own, p.text) or (identity.agency or "") in p.text for p in own)
    of_area = identity.kind_of_body == "government" and identity.level != "township"
    wanted = rule.nobody if not speaks else () if of_area else rule.nobody_subject
    matches = [(p, m) for p in own if (m := found(wanted, p.text))]
    if speaks:  # 全县部分地区和部门: of the area for which a bureau is in charge
        matches = [(p, m) for p, m in matches if not found(rule.own, _around(p, m))]
    if not matches:
        return
    evidence = tuple(p.evidence(context, p.sentence(*m.span())) for p, m in matches)
    values = {"words": "、".join(dict.fromkeys(f"“{m.group()}”" for _, m in matches))}
    yield Draft(
        values=values,
        evidence=evidence[:MOST_PLACES],
        verdict="review",
        message=rule.nobody_message,
    )
