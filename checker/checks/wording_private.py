"""Check for personal data in the published text: mobile numbers, identity numbers, mailboxes.

Whether a number is an office's or a person's only the office knows, so everything is for review. An
identity number has to have a valid date and check digit; a mailbox at a public provider that looks
like an office's is left alone.
"""

import re
from collections.abc import Iterator
from datetime import date

from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.sentences import Narrative, Span, narratives
from checker.checks.wording_places import MOST_PLACES, quoted
from checker.domain.finding import TextEvidence
from checker.rulebook.kinds_wording import PersonalDataRule
from checker.rulebook.wording import compiled

_MOBILE = re.compile(
    r"(?<![\dA-Za-z=/_.@-])(?:\+?86-?)?1[3-9]\d-?\d{4}-?\d{4}(?![\dA-Za-z@_]|\.\d)"
)
_MOBILE_ONLY = re.compile(r"1[3-9]\d{9}")
_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?P<birth>(?:19|20)\d{6})\d{3}[\dXx](?![\dA-Za-z])"
)
_MAILBOX = re.compile(
    r"(?<![A-Za-z0-9._%+-])(?P<local>[A-Za-z0-9._%+-]{2,40})@(?P<domain>[A-Za-z0-9.-]{4,40})"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


@evaluate.register
def _(rule: PersonalDataRule, context: CheckContext) -> KindResult:
    found: dict[str, list[TextEvidence]] = {}
    for paragraph in narratives(context):
        if not any(c.isdigit() for c in paragraph.text) and "@" not in paragraph.text:
            continue
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


def _personal(rule: PersonalDataRule, paragraph: Narrative) -> Iterator[tuple[str, Span]]:
    text = paragraph.text
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
    """The quotation without its middle: a message must not spread what it warns of."""
    text = "".join(printed.split())
    local, mark, domain = text.partition("@")
    shown = max(2, len(local) // 4)
    hidden = "*" * max(1, len(local) - 2 * shown)
    return f"{local[:shown]}{hidden}{local[-shown:]}{mark}{domain}"
