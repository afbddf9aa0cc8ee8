"""The title of the report: where it stands, which years and which body it names.

It may be printed over several lines, with the body before it, behind it or in brackets. A bare
menu entry such as 政府信息公开年报 is not taken for a title.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from checker.assemble.bodies import looks_like_body
from checker.assemble.fold import Folded
from checker.assemble.text_lines import TextLine
from checker.domain.locator import Locator

# ××××年, (单位名称)20××年: where a name and a year are to be filled in
_TO_BE_FILLED = re.compile(
    r"(?:[×xX*○〇_□…·.—()\[\]年度20-]|(?:行政机关|单位|机关|部门|机构)(?:全称|名称))+"
)
_STAND_IN = re.compile(  # 我局, 本单位: no name
    r"(?:[我本该]|我们)(?:[局办镇乡县市区州省厅委院处部署]|街道|单位|机关|部门|中心|办公室|委员会|政府|系统)"
)
YEAR = re.compile(
    r"(?<!\d)(?P<digits>20\d\d)(?!\d)(?:年度|年)?|(?P<words>[二2][〇零O0][一二三〇零O\d][一二三四五六七八九〇零O\d])年度?"
)
_WORD_DIGITS = str.maketrans("〇零O一二三四五六七八九", "000123456789")

_TITLE = re.compile(
    r"^(?P<pre>[^。;!?>|/]{0,60}?)"
    r"(?P<topic>(?:政府|政务)?信息公开|政务公开)"
    r"(?P<mid>(?:工作|年度|情况|20\d\d年?|[二2][〇零O0].{2}年|的|告)*)"
    r"(?P<kind>报告|年报|告年度报|年度报|度报)"
    r"(?P<post>(?:[(《\-—_|].{0,40}|(?:格式|模板|样式|样表|范本|文本|试行|全文|正文|的?公[示告]|\d{4})*》?))$"
)
_NOT_PRE = re.compile(
    r"本报告|根据|现将|按照|依据|编制(?!委|办)|关于印发|关于做好|当前位置|首页|统计(?!局|调查|信息)"
    r"|[“\"]|(?<!^)《|^(?:[上下]一[篇条]|附件|相关|链接|联系|来源)"
)
_PARTING = re.compile(r"[:《》【】\[\]]")
_PRE_NOISE = re.compile(
    r"^(?:关于|发布|公布|公开)+|(?:关于|的|度)+$|^[\s\-—_·、,]+|[\-—_·、,(\[【]+$"
)
_TEMPLATE = re.compile(r"模板|格式|样式|样表|范本|样本|示范文本")
_MAX_LINES = 4
_MAX_WIDTH = 60


class Span(NamedTuple):
    """A part of a folded text."""

    start: int
    end: int


class TitleParts(NamedTuple):
    """What a folded title is made of.

    Attributes:
        years: all years it prints, in order.
        year_span: the first of them.
        body: the body it names.
        template: it is the title of the empty form.
    """

    years: tuple[int, ...]
    year_span: Span | None
    body: Span | None
    template: bool


class Title(NamedTuple):
    """A title found in the text.

    Attributes:
        text: its lines put together.
        lines: how many lines it takes.
    """

    text: str
    folded: Folded
    parts: TitleParts
    locator: Locator
    lines: int

    def locate(self, span: Span) -> Locator:
        """The place of a part of the title in the document."""
        return self.locator.part(self.folded.start_of(span.start), self.folded.end_of(span.end))


def year_of(match: re.Match[str]) -> int:
    """The year that a match of ``YEAR`` prints."""
    return int(match.group("digits") or match.group("words").translate(_WORD_DIGITS))


def parse_title(text: str) -> TitleParts | None:
    """Take a folded title apart; None when it is not the title of an annual report."""
    match = _TITLE.match(text)
    if match is None or _NOT_PRE.search(match.group("pre")):
        return None
    years = list(YEAR.finditer(text))
    return TitleParts(
        years=tuple(year_of(y) for y in years),
        year_span=Span(years[0].start(), years[0].end()) if years else None,
        body=_body_before(text, match) or _body_behind(match),
        template=bool(_TEMPLATE.search(text)),
    )


def _body_before(text: str, match: re.Match[str]) -> Span | None:
    """The longest piece before the topic that is neither year nor noise."""
    end = match.end("pre")
    pieces: list[Span] = []
    start = 0
    breaks = [*YEAR.finditer(text[:end]), *_PARTING.finditer(text[:end])]
    for stop, following in (*sorted(m.span() for m in breaks), (end, end)):
        piece = _trim(text, start, stop)
        named = text[piece.start : piece.end]
        empty = _TO_BE_FILLED.fullmatch(named) or _STAND_IN.fullmatch(named)
        if piece.end - piece.start >= 2 and not empty:
            pieces.append(piece)
        start = following
    if not pieces:
        return None
    body = max(pieces, key=lambda p: (looks_like_body(text[p.start : p.end]), p.end - p.start))
    if body.end == end and text[:end].endswith("人民") and text[end:].startswith("政府"):
        return Span(body.start, end + 2)  # X县人民政府信息公开…: one 政府 serves both words
    return body


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    while True:
        noise = _PRE_NOISE.search(piece)
        if noise is None or noise.start() == noise.end():
            return Span(start, start + len(piece))
        if noise.start() == 0:
            start += noise.end()
            piece = piece[noise.end() :]
        else:
            piece = piece[: noise.start()]


def _body_behind(match: re.Match[str]) -> Span | None:
    inside = re.match(r"^[(\-—_|]+(.{2,40}?)\)?$", match.group("post"))
    if inside is None or not looks_like_body(inside.group(1)):
        return None
    start = match.start("post") + inside.start(1)
    return Span(start, start + len(inside.group(1)))


def find_titles(lines: Sequence[TextLine]) -> tuple[Title, ...]:
    """Every title among the lines, the best one first; overlapping readings only once."""
    found: list[tuple[int, Title]] = []
    for first in range(len(lines)):
        title = _title_at(lines, first)
        if title is not None:
            found.append((_score(title, lines[first]), title))
    found.sort(key=lambda item: (item[0], item[1].locator.start), reverse=True)
    kept: list[Title] = []
    for _, title in found:
        place = title.locator
        if all(place.end <= k.locator.start or place.start >= k.locator.end for k in kept):
            kept.append(title)
    return tuple(kept)


def _score(title: Title, line: TextLine) -> int:
    parts = title.parts
    return 4 * (bool(parts.years) + bool(parts.body)) + 2 * line.marked - title.lines


def _title_at(lines: Sequence[TextLine], first: int) -> Title | None:
    """The widest title that begins in a line; every line has to add something to it."""
    best: Title | None = None
    for count in range(1, _MAX_LINES + 1):
        window = lines[first : first + count]
        if len(window) < count or not all(_short(line) for line in window):
            break
        title = _join(window)
        if title is None:
            continue
        if count == 1 and not (title.parts.years or title.parts.body or _plausible(lines, first)):
            return None
        if best is None or _adds(best, title):
            best = title
    return best


def _plausible(lines: Sequence[TextLine], index: int) -> bool:
    """A title without year and body is one only where the text says so: not a menu entry."""
    line = lines[index]
    return line.marked or ("年报" not in line.folded.text and index <= 2)


def _adds(best: Title, wider: Title) -> bool:
    """A further line must bring the missing body or year and be nothing else."""
    new = wider.folded.text[len(best.folded.text) :]
    inside = new.strip("()")
    if not best.parts.body and wider.parts.body and looks_like_body(inside):
        return True
    return not best.parts.years and bool(YEAR.fullmatch(inside))


def _short(line: TextLine) -> bool:
    text = line.folded.text
    return line.whole and len(text) <= _MAX_WIDTH and not re.search(r"[。;!?]|[:,]$", text)


def _join(window: Sequence[TextLine]) -> Title | None:
    if len(window) > 1 and not _belongs(window[0], window[1]):
        return None
    folded = Folded.join([line.folded for line in window])
    parts = parse_title(folded.text)
    if len(window) > 1 and (parts is None or parts.body is None):
        signed = _signed(window)
        if signed is not None:
            return signed
    return None if parts is None else _title(window, folded, parts)


def _signed(window: Sequence[TextLine]) -> Title | None:
    """A title with the body in a line of its own behind it."""
    above = Folded.join([line.folded for line in window[:-1]])
    name = window[-1].folded
    parts = parse_title(above.text)
    if parts is None or parts.body or not looks_like_body(name.text):
        return None
    folded = Folded.join([above, name])
    span = Span(len(above.text), len(folded.text))
    return _title(window, folded, parts._replace(body=span))


def _belongs(first: TextLine, second: TextLine) -> bool:
    """The first of several lines is a body, a year, or itself a piece of the title."""
    text = first.folded.text
    return (
        looks_like_body(YEAR.sub("", text).strip("()"))
        or YEAR.fullmatch(text) is not None
        or parse_title(text) is not None
        or (YEAR.search(text) is not None and "公开" in text + second.folded.text)
        or "信息公开" in text
    )


def _title(window: Sequence[TextLine], folded: Folded, parts: TitleParts) -> Title:
    first, last = window[0], window[-1]
    return Title(
        text=folded.text,
        folded=folded,
        parts=parts,
        locator=Locator(start=first.start, end=last.end, block=first.block, page=first.page),
        lines=len(window),
    )
