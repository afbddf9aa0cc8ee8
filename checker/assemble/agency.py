"""Which body a report is of: names in title, introduction, overview, page data and file name.

The body that *compiles* a report (“由…人民政府办公室编制”) is not its subject; the title and the
overview name the subject. Where only an office is named, that is said, not guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Literal, NamedTuple

from checker.assemble.bodies import classify, looks_like_body, split_place
from checker.assemble.fold import Folded, fold, fold_text
from checker.assemble.titles import YEAR, Title, parse_title
from checker.domain.document import Document, Paragraph
from checker.domain.locator import Locator
from checker.domain.report import Section
from checker.rulebook.lexicon import load_lexicon

Role = Literal["heading", "subject", "compiler", "page", "file"]

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
_FILE_NOISE = re.compile(
    r"(?:政府|政务)?信息公开|政务公开|工作|年度|报告|年报|年|定稿|终稿|正式版?|最终版?|修改稿?|初稿|草稿|报送稿?|第?\d+|"
    r"[^\u4e00-\u9fff]"
)
_SOURCES: dict[Role, str] = {"subject": "正文", "compiler": "引言（编制机关）"}


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


def find_mentions(document: Document, sections: Sequence[Section]) -> tuple[Mention, ...]:
    """Names of bodies, the most telling sources first."""
    introduction = list(_paragraphs(document, sections, "introduction"))
    overview = list(_paragraphs(document, sections, "overview"))[:3]
    found: list[Mention] = []
    for paragraph in introduction:
        found += _by_cues(paragraph)
    for paragraph in overview:
        found += _by_subject(paragraph)
    found.sort(key=lambda m: m.role != "subject")
    return (*found, *_of_page(document), *_of_file(document.source.name))


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
    return Subject(None)


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


def _core(name: str) -> str:
    """A name without that of its office: 梧里街道办事处党政和人大办公室 is 梧里街道办事处."""
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
