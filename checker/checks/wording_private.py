"""Personal data in the published text: mobile numbers, identity numbers, mailboxes.

Whether a number is an office's or a person's only the office knows, so everything is for review. An
identity number has to have a valid date and check digit; a mailbox at a public provider that looks
like an office's is left alone.
"""

import re
from collections.abc import Iterator
from datetime import date

from checker.assemble.fold import fold
from checker.assemble.passages import Passage, SectionText
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sentences import Narrative, Span, narratives, narratives_in
from checker.checks.wording_places import MOST_PLACES, quoted
from checker.domain.finding import TextEvidence
from checker.domain.report import AnnualReport
from checker.rulebook.kinds_wording import PersonalDataRule
from checker.rulebook.wording import compiled

_MOBILE = re.compile(
    r"(?<![\dA-Za-z=/_.@-])(?:\+?86-?)?1[3-9]\d-?\d{4}-?\d{4}(?![\dA-Za-z@_]|\.\d)"
)
_MOBILE_ONLY = re.compile(r"1[3-9]\d{9}")
_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?P<birth>(?:19|20)\d{6})\d{3}[\dXx](?![\dA-Za-z])"
)
_MAYBE = re.compile(r"[@＠]|1(?:[\s-]*\d){10}|[1-9](?:\s*\d){16}")  # \d is of any width
_MAILBOX = re.compile(
    r"(?<![A-Za-z0-9._%+*-])(?P<local>[A-Za-z0-9._%+-]{2,40})@(?P<domain>[A-Za-z0-9.-]{4,40})"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


@evaluate.register
def _(rule: PersonalDataRule, context: CheckContext) -> KindResult:
    found: dict[str, list[TextEvidence]] = {}
    for paragraph in narratives(context):
        for what, span in _personal(rule, paragraph):
            found.setdefault(what, []).append(paragraph.evidence(context, span))
    drafts = [
        Draft(
            values={"what": what, "quotes": quoted([masked(e.quote) for e in evidence])},
            evidence=tuple(evidence[:MOST_PLACES]),
            verdict="review",
        )
        for what, evidence in found.items()
    ]
    return KindResult(drafts=tuple(drafts), tests=1)


def personal_numbers(rule: PersonalDataRule, report: AnnualReport) -> frozenset[str]:
    """Everything that the rule warns of, folded; also what stands in text that nobody sees."""
    document = report.document
    if not _MAYBE.search(document.text) and not document.hidden and not document.doubts:
        return frozenset()
    unseen = [h.text for h in document.hidden] + [d.quote for d in document.doubts]
    places = [
        *narratives_in([SectionText(report, s) for s in report.sections]),
        *(Narrative(None, Passage(fold(text), 0, None), 0) for text in unseen),
    ]
    return frozenset(
        place.text[span.start : span.end] for place in places for _, span in _personal(rule, place)
    )


def _personal(rule: PersonalDataRule, paragraph: Narrative) -> Iterator[tuple[str, Span]]:
    text = paragraph.text
    if not _MAYBE.search(text):
        return
    for match in _MOBILE.finditer(text):
        if not compiled(rule.not_phone).match(text, match.end()):
            yield "手机号码", Span(*match.span())
    for match in _IDENTITY.finditer(text):
        if _is_identity(match):
            yield "身份证号码", Span(*match.span())
    for match in _MAILBOX.finditer(text):
        if _is_private(rule, match, paragraph):
            yield "私人邮箱", Span(*match.span())


def _is_identity(match: re.Match[str]) -> bool:
    """Whether the date exists and the last digit is the check digit (GB 11643-1999)."""
    birth, number = match["birth"], match.group().upper()
    try:
        date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == number[17]


def _is_private(rule: PersonalDataRule, match: re.Match[str], paragraph: Narrative) -> bool:
    """Whether a mailbox at a public provider looks like a person's.

    A number is a person's account. Other names are an office's when they look like one, and where
    the introduction or the sentence gives the address of the office.
    """
    domain, local = match["domain"].lower().rstrip("."), match["local"].lower()
    if domain not in rule.providers:
        return False
    if local.isdigit() or _MOBILE_ONLY.search(local):
        return True
    if paragraph.section == "introduction" or compiled(rule.official).search(local):
        return False
    sentence = paragraph.text[slice(*paragraph.sentence(*match.span()))]
    named = not re.search(r"\d", local) and compiled(rule.of_office).search(sentence)
    return not named


def masked(printed: str) -> str:
    """The quotation without its middle, as long as before: nobody shall spread what we warn of."""
    local, mark, domain = printed.partition("@")
    inked = [i for i, c in enumerate(local) if not c.isspace()]
    shown = max(1, len(inked) // 4)
    hidden = set(inked[shown : max(len(inked) - shown, shown + 1)])
    return "".join("*" if i in hidden else c for i, c in enumerate(local)) + mark + domain
