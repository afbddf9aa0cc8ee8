"""Which body a report is of: names in title, introduction, overview, page data and file name.

The body that *compiles* a report (“由…人民政府办公室编制”) is not its subject; the title and the
overview name the subject. Where only an office is named, that is said, not guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Literal, NamedTuple

from checker.assemble.bodies import classify, is_any_place, looks_like_body, split_place
from checker.assemble.fold import Folded, fold, fold_text
from checker.assemble.text_lines import TextLine
from checker.assemble.titles import YEAR, Title, parse_title
from checker.domain.document import Document, Paragraph
from checker.domain.locator import Locator
from checker.domain.report import Level, Section
from checker.rulebook.lexicon import load_lexicon

Role = Literal["heading", "subject", "compiler", "page", "file", "author", "signature"]

_NAME = r"(?P<name>[\u4e00-\u9fff·]{3,36}?)"
_YEAR_WORD = r"(?:20\d\d年度?)"
_REPORT_YEAR = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?!\d)(?:[^\d格版通]{0,20}(?:报告|年报)|报)(?!格式|模板)"
)
_CUES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "subject",
        re.compile(
            rf"(?:现公布|现将|现发布|现公开|兹公布|特公布|公布|发布|是|为|编制了?){_NAME}"
            rf"{_YEAR_WORD}(?:政府|政务)?(?:信息公开|政务公开)"
        ),
    ),
    (
        "subject",
        re.compile(rf"本(?:年度)?报告(?:是|系|为){_NAME}(?:根据|依据|按照|遵照|依照|编制)"),
    ),
    (
        "compiler",
        re.compile(
            rf"(?:系|是)?由{_NAME}(?:\([^)]*\))?(?:根据|依据|按照|遵照|依照|编制|组织|负责|汇总|起草)"
        ),
    ),
    (
        "compiler",
        re.compile(
            rf"(?:^|[,。;:]){_NAME}(?:\([^)]*\))?"
            r"(?:现公布|现将|现向社会|向社会公[布开]|特编制|编制了?本|组织编制|编制了?20)"
        ),
    ),
)
_SUBJECT = re.compile(
    rf"^(?:{_YEAR_WORD}|今年|一年来)?(?:以来)?,?{_NAME}"
    r"(?:坚持|认真|深入|全面|严格|以习|按照|积极|继续|持续|始终|紧紧|高度|围绕|在|根据|依据|切实|不断|着力"
    r"|政务公开|政府信息公开|信息公开|主动公开|共)"
)
# 清河县财政局（以下简称“本局”）根据《条例》…编制本报告: in the same sentence
_AUTHOR = re.compile(
    rf"(?:^|[,。;:!?]){_NAME}(?:\([^)]*\))?"
    r"(?:(?:严格)?(?:根据|依据|按照|遵照|依照|参照)|依(?=[《法国]|中华)|编[制写]|汇总|综合|(?:对|就|于)20|向社会)"
    r"(?=[^。;]*(?:报告|年报))"
)
_DATED = re.compile(r"\(?(?:20\d\d|二[〇零0][〇零0一二三四五六七八九]{2})年.{1,3}月.{1,3}日\)?$")
_CONTACT = re.compile(r"联系|咨询|电话|地址|邮编|主办|承办|版权|抄送|来源|机构|单位|[:,、;]$")
_TAIL = 8  # lines at the end among which a signature may stand
_FILE_NOISE = re.compile(
    r"(?:政府|政务)?信息公开|政务公开|工作|年度|报告|年报|年|定稿|终稿|正式版?|最终版?|修改稿?|初稿|草稿|报送稿?|第?\d+|"
    r"附件|某+|[^\u4e00-\u9fff]"
)
_LEVELS: tuple[Level, ...] = ("township", "county", "city", "province", "ministry")
_SOURCES: dict[Role, str] = {
    "subject": "正文",
    "compiler": "引言（编制机关）",
    "author": "引言",
    "signature": "落款",
}


class Mention(NamedTuple):
    """A name in its place.

    Attributes:
        name: folded.
        locator: None when it is not in the text.
    """

    name: str
    role: Role
    source: str
    locator: Locator | None


def find_mentions(
    document: Document, lines: Sequence[TextLine], sections: Sequence[Section]
) -> tuple[Mention, ...]:
    """Names of bodies, the most telling sources first."""
    introduction = list(_paragraphs(document, sections, "introduction"))
    overview = list(_paragraphs(document, sections, "overview"))[:3]
    found: list[Mention] = []
    for paragraph in introduction:
        found += _by_cues(paragraph)
    for paragraph in overview:
        found += _by_subject(paragraph)
    found.sort(key=lambda m: m.role != "subject")
    authors = [m for paragraph in introduction for m in _authors(paragraph)]
    named = (*_of_page(document), *_of_file(document.source.name))
    return (*found, *named, *authors, *_signatures(lines))


def _paragraphs(
    document: Document, sections: Sequence[Section], section: str
) -> Iterator[Paragraph]:
    for found in sections:
        if found.id == section:
            for block in document.blocks[found.first_block : found.last_block]:
                if isinstance(block, Paragraph):
                    yield block


def _by_cues(paragraph: Paragraph) -> Iterator[Mention]:
    folded = fold(paragraph.text, paragraph.locator.start)
    for role, cue in _CUES:
        for match in cue.finditer(folded.text):
            if looks_like_body(match.group("name")):
                yield _mention(paragraph, folded, match, role)


def _by_subject(paragraph: Paragraph) -> Iterator[Mention]:
    folded = fold(paragraph.text[:80], paragraph.locator.start)
    match = _SUBJECT.match(folded.text)
    if match and looks_like_body(match.group("name")) and split_place(match.group("name")).name:
        yield _mention(paragraph, folded, match, "subject")


def _authors(paragraph: Paragraph) -> Iterator[Mention]:
    """Who says in the introduction that it writes the report."""
    folded = fold(paragraph.text, paragraph.locator.start)
    for match in _AUTHOR.finditer(folded.text):
        if looks_like_body(match["name"]) and _placed(match["name"]):
            yield _mention(paragraph, folded, match, "author")


def _placed(name: str) -> bool:
    """Whether a name says which body it is: a place, a ministry or a vertical system is in it."""
    own = classify(name)
    return bool(split_place(name).name) or own.kind == "vertical" or own.level is not None


def _signatures(lines: Sequence[TextLine]) -> Iterator[Mention]:
    """The body in a line of its own at the end, the date below it or behind it in the line."""
    last = len(lines) - 1
    for index in range(last, max(-1, last - _TAIL), -1):
        line = lines[index]
        text = line.folded.text
        name = _DATED.sub("", text)
        dated = name != text or (index < last and _DATED.fullmatch(lines[index + 1].folded.text))
        above = lines[index - 1].folded.text if index else ""
        if not line.whole or line.in_table or not (dated or index == last):
            continue
        if looks_like_body(name) and _placed(name) and not _CONTACT.search(above):
            end = line.folded.end_of(len(name))
            place = Locator(start=line.start, end=end, block=line.block, page=line.page)
            yield Mention(name, "signature", _SOURCES["signature"], place)
            return


def _mention(paragraph: Paragraph, folded: Folded, match: re.Match[str], role: Role) -> Mention:
    place = paragraph.locator.part(
        folded.start_of(match.start("name")), folded.end_of(match.end("name"))
    )
    return Mention(match.group("name"), role, _SOURCES[role], place)


def _of_page(document: Document) -> Iterator[Mention]:
    """What a web page states about itself: its own title, then where it comes from."""
    lexicon = load_lexicon()
    titles = {k.lower() for k in lexicon.title_keys}
    sources = {k.lower() for k in lexicon.source_keys}
    for entry in document.metadata:
        if entry.key.lower() in titles:
            title = re.split(r"[-_|]", fold_text(entry.value))[0]
            parts = parse_title(title)
            if parts and parts.body and looks_like_body(title[slice(*parts.body)]):
                yield Mention(title[slice(*parts.body)], "heading", "网页标题", None)
    for entry in document.metadata:
        name = fold_text(entry.value)
        if entry.key.lower() in sources and looks_like_body(name):
            yield Mention(name, "page", "网页来源", None)


def _of_file(name: str) -> Iterator[Mention]:
    stem = fold_text(PurePath(name).stem)
    if re.search(r"模板|格式|样表|范本", stem):
        return
    parts = parse_title(stem)
    body = stem[slice(*parts.body)] if parts and parts.body else _FILE_NOISE.sub("", stem)
    if looks_like_body(body) and split_place(body).name:
        yield Mention(body, "file", "文件名", None)


class Subject(NamedTuple):
    """The body that the report is of.

    Attributes:
        name: folded; None when nothing names it.
        sure: False when only the compiling office is named.
    """

    name: str | None
    sure: bool = True


def choose_subject(title: Title | None, mentions: Sequence[Mention]) -> Subject:
    """The title names the subject; without it the text does, then the page, then the file."""
    if title is not None and title.parts.body is not None:
        name = title.folded.text[slice(*title.parts.body)]
        return Subject(_fuller(name, mentions))
    for role in ("heading", "subject", "compiler", "page", "file"):
        names = [m.name for m in mentions if m.role == role]
        if role == "compiler" and names and classify(names[0]).kind == "office":
            return Subject(names[0], sure=False)
        if names:
            return Subject(_fuller(names[0], mentions))
    return _by_writer([m for m in mentions if m.role in ("author", "signature")])


def _by_writer(mentions: Sequence[Mention]) -> Subject:
    """Who writes and signs the report; an office may do so for its government."""
    own = next((m.name for m in mentions if classify(m.name).kind != "office"), None)
    if own is not None:
        return Subject(_fuller(own, mentions))
    return Subject(mentions[0].name, sure=False) if mentions else Subject(None)


def _fuller(name: str, mentions: Iterable[Mention]) -> str:
    """The name with its place when it is printed without one (“水务局” → “云溪县水务局”)."""
    if len(split_place(name).name) > 1:
        return name
    for mention in mentions:
        if mention.name != name and mention.name.endswith(name):
            return mention.name
    return name


def fullest(name: str, mentions: Iterable[Mention]) -> str:
    """The longest printed form of a name: levels are read from it."""
    forms = [name]
    for mention in mentions:
        for form in (mention.name, re.sub(r"办公[厅室]$", "", mention.name)):
            if form.endswith(name):
                forms.append(form)
    return max(forms, key=len)


def agree(first: str, second: str) -> bool:
    """Whether two names can be of one report: same body, or a government and its organ."""
    one, two = _core(first), _core(second)
    if _within(one, two) or _within(two, one):
        return True
    a, b = split_place(one), split_place(two)
    same_place = a.name.endswith(b.name) or b.name.endswith(a.name)
    government = any(classify(n).kind in ("government", "office") for n in (first, second))
    return same_place and government


def no_other(name: str, mention: Mention) -> bool:
    """Whether a mention names no other body than the one of that name.

    A file called 县政府 or 县交通局 is of no particular place: only another kind of body, or a
    government of a lower level, is another one.
    """
    if agree(name, mention.name):
        return True
    own, file = split_place(name), split_place(mention.name)
    if mention.role != "file" or not is_any_place(file):
        return False
    if classify(mention.name).kind not in ("government", "office"):
        return _within(file.rest, own.rest)
    level = classify(name).level
    unknown = level is None or file.level is None
    return unknown or _LEVELS.index(file.level) >= _LEVELS.index(level)


def _core(name: str) -> str:
    """A name without that of its office: 梧里街道办事处党政和人大办公室 is 梧里街道办事处.

    Nor with the government that a 派出机关 acts for: 云溪区人民政府青石街道办事处.
    """
    name = re.sub(r"人民政府(?=.{2,}街道)", "", name)
    return re.sub(
        r"(?:党政(?:和人大|综合)?|党群|党建|综合|政务公开|信息公开)?办公[厅室]$", "", name
    )


def _within(short: str, long: str) -> bool:
    """Whether the characters of a (shortened) name occur in the other in the same order."""
    rest = iter(long)
    return all(character in rest for character in short)


def years_of_name(name: str) -> tuple[int, ...]:
    """Years in a file name, whatever they are of; a hint where nothing else tells."""
    stem = fold_text(PurePath(name).stem)
    parts = parse_title(stem)
    if parts is not None:
        return parts.years
    return tuple(int(y.group("digits")) for y in YEAR.finditer(stem) if y.group("digits"))


def report_years_of_name(name: str) -> tuple[int, ...]:
    """Years that a file name states as that of the report (“2024年…年度报告”, “2024年报”).

    A bare “a2021” may as well be the year of the form, of writing, or a number.
    """
    stem = fold_text(PurePath(name).stem)
    parts = parse_title(stem)
    if parts is not None:
        return () if parts.template else parts.years
    return tuple(int(y.group("year")) for y in _REPORT_YEAR.finditer(stem))
