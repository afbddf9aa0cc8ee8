"""Finds where a sentence turns to something that is no application, such as 信访事项."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from checker.rulebook.alternatives import any_of
from checker.rulebook.late import late_regex
from checker.rulebook.terms import Elsewhere, ElsewhereKind, load_terms

# Where the words of a kind have to stand; {0} are the words.
_SHAPES: Final[Mapping[ElsewhereKind, str]] = {
    # 许可审批中, / 窗口服务不断优化。
    "matter": r"(?<![一-鿿])(?:在|对|关于)?(?:{0})(?:(?!申请|公开)[^,。;:()0-9]){{0,10}}[,:。]",
    # 信访事项31件 / 31件信访事项, but not 信访投诉类3件, which is a row of the form
    "thing": r"(?:{0})(?![信访举报投诉查询、]{{0,6}}类(?:申请|不予|[0-9(,、]))"
    "(?:(?!申请)[^,。;:()0-9]){{0,8}}(?=[0-9])|(?<=[0-9][件条份起宗个次])(?:{0})",
    # 专区接待群众2340人次; 出入境窗口受理申请8800件
    "place": r"(?:{0})[^,。;:()0-9]{{0,6}}(?:接待|服务|引导|提供|受理|接[收件]|收[到件])"
    "[^,。;:()0-9]{{0,12}}(?=[0-9])",
    "example": "{0}",
    "incident": "{0}",
    "cause": "{0}",
}
_PART: Final = late_regex(r"(?:其中|包括|包含|含|分别为|因)[^,。;]{0,6}$|\([^()]*$")
_BARE: Final = "(?P<bare>申请(?!人|法院|强制|复议|行政复议|听证))"
_COUNTED: Final = late_regex("申请[^,。;0-9]{0,4}[0-9]")
_OF_THE_FORM: Final = late_regex("(?:属于?|名义)[^,。;]{0,4}$")  # 以信息公开名义信访3件


class Turn(NamedTuple):
    """A place where a sentence turns to something.

    Attributes:
        spec: what is named; None for applications for government information.
        sure: the applications are named in full, not by the bare word 申请.
    """

    start: int
    end: int
    spec: Elsewhere | None
    sure: bool = True


def turns(text: str, start: int, end: int) -> tuple[Turn, ...]:
    """All turns of a sentence in order; a thing that is a part of applications is none."""
    return tuple(_turns(text, start, end))


def _turns(text: str, start: int, end: int) -> Iterator[Turn]:
    terms = load_terms()
    asked = False
    for match in _pattern().finditer(text, start, end):
        number = match.lastgroup or ""
        if number in ("named", "bare"):
            asked = True
            yield Turn(match.start(), match.end(), None, sure=number == "named")
            continue
        spec = terms.elsewhere[int(number[1:])]
        if spec.kind == "thing" and _is_part(text, start, match.start(), asked=asked):
            continue
        if spec.kind == "place" and _COUNTED.search(text, start, match.start()):
            continue  # 收到申请66件，其中窗口接收4件: a way to apply
        yield Turn(match.start(), match.end(), spec)


def _is_part(text: str, start: int, place: int, *, asked: bool) -> bool:
    """Whether what is named at a place is a row of the form or a part of the applications."""
    part = asked and _PART.search(text, start, place) is not None
    return part or _OF_THE_FORM.search(text, start, place) is not None


@cache
def _pattern() -> re.Pattern[str]:
    """Applications in full, all that is something else, and the bare word 申请."""
    terms = load_terms()
    others = [
        f"(?P<e{i}>{_SHAPES[e.kind].format(''.join(e.words.split()))})"
        for i, e in enumerate(terms.elsewhere)
    ]
    return re.compile(any_of((f"(?P<named>{terms.applications})", *others, _BARE)))
