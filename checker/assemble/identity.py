"""Whose report it is, of which year, for which period and when it was published.

Every value carries the passages it rests on. Where two passages disagree the more reliable one is
taken and the disagreement becomes a doubt; where nothing tells, the value is None.
"""

from collections.abc import Sequence
from typing import NamedTuple

from checker.assemble.agency import (
    Mention,
    choose_subject,
    find_mentions,
    fullest,
    no_other,
    report_years_of_name,
    years_of_name,
)
from checker.assemble.bodies import BodyKind, classify, split_place
from checker.assemble.dates import (
    OF_THE_TEXT,
    FoundDate,
    FoundPeriod,
    LostDate,
    find_periods,
    find_publications,
    majority_year,
)
from checker.assemble.fold import fold_text
from checker.assemble.text_lines import TextLine
from checker.assemble.titles import Title, find_titles, parse_title
from checker.domain.body_names import LEVELS, kind_name
from checker.domain.document import Document, Paragraph
from checker.domain.finding import Doubt, DoubtPoint
from checker.domain.locator import Locator
from checker.domain.report import (
    FormId,
    Identity,
    IdentityEvidence,
    IdentityField,
    Section,
)
from checker.rulebook.lexicon import found as any_found
from checker.rulebook.lexicon import load_lexicon

_SEARCHED_LINES = 60  # without sections, the title stands at the top
_LONGEST_INTRODUCTION = 2000  # characters
_FIRST_YEAR, _LAST_YEAR = 2008, 2099


class FoundIdentity(NamedTuple):
    """The identity and what is uncertain about it."""

    identity: Identity
    doubts: tuple[Doubt, ...]


class _Clues(NamedTuple):
    """Everything in the file that states something about the identity."""

    document: Document
    title: Title | None
    titles: tuple[Title, ...]
    mentions: tuple[Mention, ...]
    periods: tuple[FoundPeriod, ...]
    dates: tuple[FoundDate, ...]
    lost_dates: tuple[LostDate, ...]
    overview_year: int | None
    overview: Section | None
    introduction: str


def find_identity(
    document: Document, lines: Sequence[TextLine], sections: Sequence[Section], form: FormId
) -> FoundIdentity:
    """Find out whose report it is.

    Args:
        document: as read.
        lines: its lines.
        sections: as found by ``find_sections``.
        form: as found by the tables.
    """
    clues = _clues(document, lines, sections)
    if clues.title is not None and clues.title.parts.template:
        shown = _printed(clues.title, document)
        evidence = _evidence(clues, "title", shown, "标题", clues.title.locator)
        return FoundIdentity(Identity(form=form, title=shown, evidence=(evidence,)), ())
    subject = choose_subject(clues.title, clues.mentions)
    body = _body(subject.name, clues) if subject.name else None
    if body is not None and not subject.sure:
        body = body._replace(kind=None, reason="只写明编制机关是办公厅（室），看不出报告主体")
    passages = (*_year_evidence(clues), *_agency_evidence(clues, body, subject.name))
    year = _year(clues)
    period = next((p.period for p in clues.periods if p.period), None)
    identity = Identity(
        agency=subject.name,
        level=body.level if body else None,
        kind_of_body=body.kind if body else None,
        class_reason=body.reason if body else "",
        year=year,
        form=form,
        title=_printed(clues.title, document) if clues.title else None,
        period=period,
        publication_date=clues.dates[0].date if clues.dates else None,
        evidence=passages,
    )
    lost = _lost_dates(clues)
    doubts = (
        *_year_doubts(clues, year),
        *lost,
        *_agency_doubts(clues, subject.name, sure=subject.sure),
    )
    return FoundIdentity(identity, doubts)


def _clues(document: Document, lines: Sequence[TextLine], sections: Sequence[Section]) -> _Clues:
    named = [s for s in sections if s.id != "introduction"]
    before = lines[:_SEARCHED_LINES]
    if named:
        before = [x for x in lines if x.end <= named[0].locator.start]
    titles = find_titles([x for x in before if not x.linked]) or find_titles(before)
    start = named[0].locator.start if named else _LONGEST_INTRODUCTION
    overview = next((s for s in sections if s.id == "overview"), None)
    published = find_publications(document, lines)
    return _Clues(
        document=document,
        title=titles[0] if titles else None,
        titles=titles,
        mentions=find_mentions(document, lines, sections),
        periods=find_periods(document),
        dates=published.dates,
        lost_dates=tuple(d for d in published.lost if not _in_prose(d, document, sections)),
        overview_year=_majority(document, overview) if overview else None,
        overview=overview,
        introduction=fold_text(document.text[max(0, start - _LONGEST_INTRODUCTION) : start]),
    )


def _in_prose(lost: LostDate, document: Document, sections: Sequence[Section]) -> bool:
    """Whether a day stands where the rules look for days that do not exist."""
    place = lost.locator
    if place is None or "月" not in lost.printed:
        return False
    if not isinstance(document.blocks[place.block], Paragraph):
        return False
    return any(s.first_block <= place.block < s.last_block for s in sections)


def _majority(document: Document, overview: Section) -> int | None:
    blocks = document.blocks[overview.first_block : overview.last_block]
    return majority_year("\n".join(b.text for b in blocks if isinstance(b, Paragraph)))


def _tells(clues: _Clues, year: int) -> bool:
    """Whether the overview names a year: other years beside it are history or comparisons."""
    section = clues.overview
    if section is None:
        return False
    blocks = clues.document.blocks[section.first_block : section.last_block]
    texts = (fold_text(b.text) for b in blocks if isinstance(b, Paragraph))
    return any(f"{year}年" in t for t in texts)


def _printed(title: Title, document: Document) -> str:
    text = document.text[title.locator.start : title.locator.end]
    return "".join(line.strip() for line in text.splitlines())


def _title_years(clues: _Clues) -> tuple[int, ...]:
    return tuple(dict.fromkeys(clues.title.parts.years)) if clues.title else ()


def _title_year(clues: _Clues) -> int | None:
    """The year of the title, unless it prints two different ones."""
    years = _title_years(clues)
    return years[0] if len(years) == 1 else None


def _year(clues: _Clues) -> int | None:
    """Title, reporting period, publication date minus one, overview, file name: in this order."""
    by_date = clues.dates[0].date.year - 1 if clues.dates else None
    named = years_of_name(clues.document.source.name)
    by_name = named[0] if len(set(named)) == 1 else None
    by_period = clues.periods[0].year if clues.periods else None
    page = _page_year(clues.document)
    chain = (_title_year(clues), by_period, page, by_date, clues.overview_year, by_name)
    return next((y for y in chain if y and _FIRST_YEAR <= y <= _LAST_YEAR), None)


def _page_year(document: Document) -> int | None:
    keys = {k.lower() for k in load_lexicon().title_keys}
    for entry in document.metadata:
        parts = parse_title(fold_text(entry.value)) if entry.key.lower() in keys else None
        if parts and len(set(parts.years)) == 1:
            return parts.years[0]
    return None


def _evidence(
    clues: _Clues, field: IdentityField, value: str, source: str, place: Locator | None
) -> IdentityEvidence:
    quote = clues.document.text[place.start : place.end] if place else ""
    return IdentityEvidence(field=field, value=value, source=source, quote=quote, locator=place)


def _year_evidence(clues: _Clues) -> list[IdentityEvidence]:
    out: list[IdentityEvidence] = []
    title = clues.title
    if title is not None:
        out.append(_evidence(clues, "title", title.text, "标题", title.locator))
        if title.parts.year_span is not None:
            place = title.locate(title.parts.year_span)
            years = "、".join(f"{y}年" for y in dict.fromkeys(title.parts.years))
            out.append(_evidence(clues, "year", years, "标题", place))
    for found in clues.periods:
        out.append(_evidence(clues, "year", f"{found.year}年", "统计期限", found.locator))
        if found.period is not None:
            span = f"{found.period.first.isoformat()}至{found.period.last.isoformat()}"
            out.append(_evidence(clues, "period", span, "统计期限", found.locator))
    for day in clues.dates:
        value = day.date.isoformat()
        out.append(_evidence(clues, "publication_date", value, day.source, day.locator))
    if clues.overview_year and clues.overview:
        value = f"{clues.overview_year}年"
        out.append(_evidence(clues, "year", value, "总体情况里提到最多的年份", None))
    out += [
        _evidence(clues, "year", f"{y}年", "文件名", None)
        for y in dict.fromkeys(years_of_name(clues.document.source.name))
    ]
    return out


def _body(name: str, clues: _Clues) -> BodyKind:
    """Level and kind; the level from a fuller form of the name when the text prints one.

    A 市 that no list has and that has counties below it is no county-level city.
    """
    own = classify(name)
    if own.level is not None:
        return own
    wider = classify(fullest(name, clues.mentions))
    if wider.level is not None and wider.kind == own.kind:
        return wider
    has_counties = any_found(load_lexicon().organs.counties_below, clues.introduction)
    if split_place(name).uncertain and has_counties:
        return own._replace(level="city", reason="")
    return own


def _agency_evidence(
    clues: _Clues, body: BodyKind | None, name: str | None
) -> list[IdentityEvidence]:
    out: list[IdentityEvidence] = []
    title = clues.title
    if title is not None and title.parts.body is not None:
        value = title.folded.text[slice(*title.parts.body)]
        out.append(_evidence(clues, "agency", value, "标题", title.locate(title.parts.body)))
    out += [_evidence(clues, "agency", m.name, m.source, m.locator) for m in clues.mentions]
    if body is None or name is None:
        return out
    level = LEVELS[body.level] if body.level else f"不能确定：{body.reason}"
    kind = kind_name(body.kind, body.level) if body.kind else f"不能确定：{body.reason}"
    source = f"机关名称“{name}”"
    out.append(_evidence(clues, "level", level, source, None))
    out.append(_evidence(clues, "kind_of_body", kind, source, None))
    return out


def _doubt(
    message: str, place: Locator | None, clues: _Clues, point: DoubtPoint | None = None
) -> Doubt:
    quote = clues.document.text[place.start : place.end] if place else ""
    return Doubt(kind="identity", message=message, point=point, quote=quote, locator=place)


def _year_doubts(clues: _Clues, year: int | None) -> list[Doubt]:
    doubts: list[Doubt] = []
    title_years = _title_years(clues)
    place = clues.title.locator if clues.title else None
    if len(title_years) > 1:
        both = "和".join(f"{y}年" for y in title_years)
        taken = f"按{year}年度核对" if year else "不能确定报告年度"
        doubts.append(_doubt(f"标题里有{both}两个年份，{taken}。", place, clues, "title_year"))
    for other in clues.titles[1:]:
        years = set(other.parts.years)
        if year and years and year not in years:
            shown = _printed(other, clues.document)
            message = f"文中还有一个标题“{shown}”，与报告年度{year}年不同，请核对。"
            doubts.append(_doubt(message, other.locator, clues))
    source = "标题" if _title_year(clues) else "其他依据"
    for found in clues.periods:
        if found.period is None:
            quote = clues.document.text[found.locator.start : found.locator.end]
            message = f"统计期限“{quote}”里有不存在的日期，没有采用。"
            doubts.append(_doubt(message, found.locator, clues, "period_date"))
        elif year and found.year != year:
            message = (
                f"报告年度不一致：{source}是{year}年，统计期限是{found.year}年；按{year}年度核对。"
            )
            doubts.append(_doubt(message, found.locator, clues, "period_year"))
    return doubts + _other_year_doubts(clues, year, source)


def _other_year_doubts(clues: _Clues, year: int | None, source: str) -> list[Doubt]:
    doubts: list[Doubt] = []
    if year is None and _title_years(clues):
        return []
    if year is None:
        message = "看不出是哪一年的报告：标题、统计期限、发布日期都没有年份。"
        return [_doubt(message, None, clues)]
    if clues.overview_year and clues.overview_year != year and not _tells(clues, year):
        message = (
            f"报告年度不一致：{source}是{year}年，总体情况里提到最多的是"
            f"{clues.overview_year}年；按{year}年度核对。"
        )
        doubts.append(_doubt(message, None, clues, "text_year"))
    named = set(report_years_of_name(clues.document.source.name))
    if named and not named & {year, year + 1}:
        years = "、".join(f"{y}年" for y in sorted(named))
        message = f"文件名写的是{years}，{source}是{year}年；按{year}年度核对。"
        doubts.append(_doubt(message, None, clues))
    if clues.dates and clues.dates[0].date.year <= year:
        first = clues.dates[0]
        message = (
            f"{first.source}是{first.date.isoformat()}，在报告年度{year}年结束之前，请核对年份。"
        )
        doubts.append(_doubt(message, first.locator, clues, "publication"))
    return [*doubts, *_publication_doubts(clues)]


def _lost_dates(clues: _Clues) -> list[Doubt]:
    """Days of publication that do not exist."""
    lost = {d.printed: d for d in reversed(clues.lost_dates)}
    return [
        _doubt(f"{d.source}写的是“{d.printed}”，没有这一天，没有采用，请核对。", d.locator, clues)
        for d in lost.values()
    ]


def _publication_doubts(clues: _Clues) -> list[Doubt]:
    """Days of publication that differ, or that lie before the day of the signature."""
    by_page = {(d.source, d.date): d for d in reversed(clues.dates) if d.source not in OF_THE_TEXT}
    days = {day for _, day in by_page}
    if len(days) > 1:
        shown = "，".join(f"{source}是{day.isoformat()}" for source, day in by_page)
        return [_doubt(f"发布日期不一致：{shown}。", None, clues)]
    signed = next((d for d in clues.dates if d.source == "落款日期"), None)
    if signed is None or not days or signed.date <= max(days):
        return []
    message = (
        f"落款日期是{signed.date.isoformat()}，晚于发布日期{max(days).isoformat()}，请核对日期。"
    )
    return [_doubt(message, signed.locator, clues)]


def _agency_doubts(clues: _Clues, name: str | None, *, sure: bool) -> list[Doubt]:
    if name is None:
        return [
            _doubt(
                "看不出是哪个机关的报告：标题、引言、落款和文件名里都没有认出机关名称。",
                None,
                clues,
            )
        ]
    if not sure:
        message = f"只看到编制机关“{name}”，看不出是政府的报告还是办公厅（室）自己的报告。"
        return [_doubt(message, None, clues)]
    doubts: list[Doubt] = []
    source = next((m.source for m in clues.mentions if m.name == name), "正文")
    where = "标题" if clues.title and clues.title.parts.body else source
    told: set[str] = set()
    for mention in clues.mentions:
        if mention.name in told or mention.source == "网页来源" or no_other(name, mention):
            continue
        told.add(mention.name)
        message = (
            f"机关名称不一致：{where}是“{name}”，{mention.source}是“{mention.name}”；"
            f"按“{name}”核对。"
        )
        doubts.append(_doubt(message, mention.locator, clues))
    return doubts
