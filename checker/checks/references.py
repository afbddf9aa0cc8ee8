"""文号 that the narrative prints, with what is irregular about them and the title in front.

A number is taken as printed; nothing is put right and no missing part is guessed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.assemble.numerals import parse_chinese_numeral
from checker.checks.context import CheckContext
from checker.checks.sentences import Narrative, Span, narratives
from checker.rulebook.documents import DocumentNumber

_BRACKETED = re.compile(
    r"(?P<open>[〔\[(【])(?P<year>\d{0,4})(?P<nian>年?)(?P<close>[〕\])】])(?P<word>第?)(?P<serial>\d{1,5})"
    r"(?P<end>号?)"
)
_ORDER = re.compile(
    r"(?:国务院令|国令|国务院)(?:[〔\[(][^〕\])]{0,6}[〕\])])?第?"
    r"(?P<serial>\d{3}|[一二三四五六七八九][一二三四五六七八九十百零〇]{2,6})号(?:令|文(?!件精神))?"
    r"|第?(?P<first>\d{3})号国务院令"
)
_NO_YEAR = re.compile(
    r"(?P<code>国办公开办函|国办秘函|国办发|国办函|中办发|国发|国函"
    r"|[\u4e00-\u9fff](?:政办|政)(?:发|函|规))(?:(?P<year>20\d\d)年?)?第?(?P<serial>\d{1,4})号"
)
_CODE = re.compile(r"[\u4e00-\u9fff]{2,20}$")
_CODE_ENDS = "发函办规通电文秘督政"
# what may stand right in front of a code, and is no part of it
_BEFORE_CODE = re.compile(
    r".*(?:按照|根据|依据|依照|遵照|对照|参照|落实|贯彻|印发|执行|转发|下发|见|文号|文件|通知|和|及|与|的|以|由|即|为)"
)
_TITLE = re.compile(
    r"《(?P<title>[^《》]{2,90}(?:《[^《》]*》[^《》]*)*)》\"?\(?(?:[^()《》。;]{0,12}[,、])?$"
)
_GOES_ON = re.compile(r"[、,和及至到\-—~]\d")
_COUNCIL = "国务院令"
_IN_BRACKETS = "年份应放在六角括号“〔〕”里"


class Reference(NamedTuple):
    """A 文号 in the narrative.

    Attributes:
        span: the number, with its code, in the folded paragraph.
        code: 机关代字 as printed; words in front of it are cut off as far as they are known.
        year: None when it prints none, or none of four digits.
        serial: leading zeros left out.
        flaws: what is irregular, in Chinese.
        title: the title in front of it, folded; empty when there is none.
    """

    narrative: Narrative
    span: Span
    code: str
    year: int | None
    serial: int
    flaws: tuple[str, ...] = ()
    title: str = ""

    @property
    def printed(self) -> str:
        """The number as it stands in the folded text."""
        return self.narrative.text[self.span.start : self.span.end]

    def is_number(self, number: DocumentNumber) -> bool:
        """Whether it is that number, whatever the brackets."""
        same = (self.year, self.serial) == (number.year, number.serial)
        return same and self.code.endswith(number.code)


def references(context: CheckContext) -> tuple[Reference, ...]:
    """Every 文号 of the narrative, in document order."""
    return context.once(_references)


def _references(context: CheckContext) -> tuple[Reference, ...]:
    told = (n for n in narratives(context) if "号" in n.text or "〔" in n.text)
    return tuple(reference for narrative in told for reference in _printed_in(narrative))


def references_in(narrative: Narrative, context: CheckContext) -> list[Reference]:
    """Every 文号 of a paragraph, one of ``narratives``."""
    return [r for r in references(context) if r.narrative is narrative]


def _printed_in(narrative: Narrative) -> Iterator[Reference]:
    text = narrative.text
    for match in _ORDER.finditer(text):
        span = Span(*match.span())
        serial = parse_chinese_numeral(match["serial"] or match["first"])
        if serial is not None:
            title = _title(text, span.start)
            yield Reference(narrative, span, _COUNCIL, None, int(serial), (), title)
    for match in _BRACKETED.finditer(text):
        found = _bracketed(narrative, match)
        if found is not None:
            yield found
    for match in _NO_YEAR.finditer(text):
        span = Span(*match.span())
        year = int(match["year"]) if match["year"] else None
        flaws = ("缺年份",) if year is None else (_IN_BRACKETS,)
        title = _title(text, span.start)
        yield Reference(narrative, span, match["code"], year, int(match["serial"]), flaws, title)


def _bracketed(narrative: Narrative, match: re.Match[str]) -> Reference | None:
    text = narrative.text
    run = _CODE.search(text[max(0, match.start() - 20) : match.start()])
    if run is None:
        return None
    code = _BEFORE_CODE.sub("", run.group()) or run.group()
    hexagonal = match["open"] == "〔"
    sure = hexagonal or (
        bool(match["end"]) and len(match["year"]) in (0, 4) and code[-1] in _CODE_ENDS
    )
    if not sure or code.endswith(("国令", _COUNCIL)):
        return None
    span = Span(match.start() - len(code), match.end())
    year = int(match["year"]) if len(match["year"]) == 4 else None
    flaws = tuple(_flaws(match, code, text))
    return Reference(
        narrative, span, code, year, int(match["serial"]), flaws, _title(text, span.start)
    )


def _flaws(match: re.Match[str], code: str, text: str) -> Iterator[str]:
    if (match["open"], match["close"]) != ("〔", "〕"):
        yield _IN_BRACKETS
    if not match["year"]:
        yield "缺年份"
    elif len(match["year"]) != 4:
        yield "年份应写四位数"
    if match["nian"]:
        yield "年份后不加“年”"
    if match["word"] and code[-1] in _CODE_ENDS:
        yield "序号前不加“第”"
    if match["serial"].startswith("0"):
        yield "序号前不补0"
    if not match["end"] and not _GOES_ON.match(text, match.end()):
        yield "缺“号”字"


def _title(text: str, start: int) -> str:
    found = _TITLE.search(text[max(0, start - 140) : start])
    return found["title"] if found else ""
