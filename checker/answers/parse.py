"""Cuts a question into known words; a word that nobody knows stays visible as unknown.

It never guesses: the answerer refuses a question in which something was not understood.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from checker.answers.numbered import NUMERAL, NumberedLines
from checker.answers.questions import Intent, QuestionBook, Words
from checker.answers.wording import (
    abbreviates,
    clause_forms,
    fold,
    label_forms,
    ordinal,
    short_bodies,
)
from checker.domain.run import CheckRun
from checker.rulebook import FormSpec, TableSpec
from checker.rulebook.forms import ColumnSpec, GroupSpec, RowSpec

TagKind = Literal[
    "filler", "intent", "table", "section", "row", "column", "group", "ordinal", "law",
    "rule", "year", "number", "topic", "compound", "word", "no_table",
]  # fmt: skip
MAX_QUESTION = 200
_PLACES: Final = ("row", "column", "group")
_BETWEEN: Final = frozenset("的了吗呢和与是在及跟")
_Labelled = RowSpec | ColumnSpec | GroupSpec
_CHINESE = r"[一二三四五六七八九十百]+"
_FEW = r"(?<!\d)(?:1?\d|20)(?!\d)|[一二三四五六七八九十]{1,3}"
_COUNTED = r"(?:条|处|个(?=问题|错误|都|是|$))(?:问题|错误)?"
_FIRST = re.compile(rf"(?:前面?|头)({NUMERAL}){_COUNTED}")
_TAIL = re.compile(rf"(?:最?后面?|末尾?)({NUMERAL}){_COUNTED}")
_RANGE = re.compile(rf"第?({NUMERAL})条?[到至]第?({NUMERAL}){_COUNTED}")
_MOST_ORDINALS: Final = 30
_WRITING: Final = "写"
PARTICLES = frozenset({"不", "没", "没有"})
"""能报不, 写了没, 写了没有: at the end they only ask."""
_PATTERNS: tuple[tuple[TagKind, re.Pattern[str]], ...] = (
    (
        "rule",
        re.compile(r"(?:规则)?([A-Z]\d{3})(?:规则|号规则|这条规则|这条)?(?!\d|[A-Z](?!\d{3}))"),
    ),
    (
        "ordinal",
        re.compile(
            rf"第({NUMERAL})(?:条|个|处|点|(?![项行列格页块张款次期年月部份]))(?:问题|错误|发现)?"
        ),
    ),
    # 五十条要求写什么, 条例五十条怎么说: 第 is left out
    (
        "ordinal",
        re.compile(rf"(?:^|(?<=条例))({_CHINESE}|\d+)条(?=的?(?:要求|规定|内容|怎么说|说|讲|写))"),
    ),
    # 第1和3条, 1和3条, 第五十条和四十九条; 76和66 are no such numbers
    ("ordinal", re.compile(rf"第({NUMERAL})(?=[和与跟及]第?(?:{NUMERAL})(?:条|点))")),
    ("ordinal", re.compile(rf"({_FEW})(?=[和与跟及]第?(?:{_FEW})(?:条|点))")),
    ("ordinal", re.compile(rf"(?<=[\d一二三四五六七八九十][和与跟及])({_FEW})(?:条|点)")),
    ("ordinal", re.compile(rf"(?<=条[和与跟及])({_CHINESE})(?:条|点)")),
    ("ordinal", re.compile(rf"(?<=条例)({NUMERAL})条")),
    ("ordinal", re.compile(rf"(?:问题|发现)({NUMERAL})(?!个|条|处|览|类)")),
    ("ordinal", re.compile(r"(最后)一?(?:条|个)(?:问题)?")),
    ("no_table", re.compile(r"(表[一五六七八九十])(?![样一二三四五六七八九十])")),
    ("year", re.compile(r"((?:19|20)\d\d)年度?")),
    ("number", re.compile(r"(\d+(?:\.\d+)?)(?:[件人]次|[件条个项宗次篇期场份人家倍]|万元|元)?")),
)


class Tag(NamedTuple):
    """One meaning of a word."""

    kind: TagKind
    value: str


@dataclass(frozen=True)
class Token:
    """A known word, or a run of unknown characters when ``tags`` is empty."""

    text: str
    tags: frozenset[Tag]

    @property
    def narrative(self) -> bool:
        """Whether it is a word of the narrative that means nothing to tables and rules."""
        return bool(self.tags) and all(t.kind == "word" for t in self.tags)

    def values(self, kind: TagKind) -> tuple[str, ...]:
        """The values of its tags of one kind, sorted; numbers by size."""
        found = (t.value for t in self.tags if t.kind == kind)
        return tuple(sorted(found, key=lambda v: (len(v), v) if v.isdecimal() else (0, v)))


@dataclass(frozen=True)
class Question:
    """A question as understood.

    Attributes:
        places: words that name rows, columns or groups, in order, each narrowed by 行 or 列.
        unknown: words that were not understood.
        ending: the particle at the end, which is none of the words.
    """

    tokens: tuple[Token, ...]
    intents: frozenset[str]
    places: tuple[Token, ...]
    unknown: tuple[str, ...]
    ending: str = ""

    def asks(self, *intents: Intent) -> bool:
        """Whether one of these is asked."""
        return not self.intents.isdisjoint(intents)

    def all(self, kind: TagKind) -> tuple[str, ...]:
        """Every value of a kind of tag, in order, without repeats."""
        return tuple(dict.fromkeys(v for t in self.tokens for v in t.values(kind)))


class Lexicon:
    """Every known word with its meanings, for one form; ``knowing`` adds those of a report.

    Args:
        book: the wordings of the staff.
        form: the form whose labels are known.
    """

    def __init__(self, book: QuestionBook, form: FormSpec) -> None:
        self._words: dict[str, set[Tag]] = defaultdict(set)
        self._agency = ""
        self._text = ""
        self._findings = 0
        self._add("filler", "", book.fillers)
        for intent, words in book.intents.items():
            self._add("intent", intent, words)
        for table, words in book.tables.items():
            self._add("table", table, words)
        for section, words in book.sections.items():
            self._add("section", section, words)
        self._written = {fold(w): s for s, words in book.written.items() for w in words}
        for law, words in book.laws.items():
            self._add("law", law, (law, *words))
        for rule, words in book.topics.items():
            self._add("topic", rule, words)
        for words in book.matching.alike:
            self._add("word", "", words)
        for word, said in book.compounds.items():
            self._add("compound", fold(said), (word,))
        self._short_names(book, form)
        self._labels(form)
        self._numbered = NumberedLines(book, form)
        self._longest = max(map(len, self._words))

    @property
    def places(self) -> Mapping[str, frozenset[Tag]]:
        """The words that name rows, columns or groups, with what they name."""
        named = {w: {t for t in tags if t.kind in _PLACES} for w, tags in self._words.items()}
        return {word: frozenset(tags) for word, tags in named.items() if tags}

    def knowing(self, run: CheckRun) -> "Lexicon":
        """The same words, with the body, the extra rows and the subjects of a report."""
        known = copy(self)
        known._words = defaultdict(set, {word: set(tags) for word, tags in self._words.items()})
        known._report(run)
        known._longest = max(map(len, known._words))
        return known

    def _add(self, kind: TagKind, value: str, words: Iterable[str]) -> None:
        for word in words:
            if folded := fold(word):
                self._words[folded].add(Tag(kind, value))

    def _short_names(self, book: QuestionBook, form: FormSpec) -> None:
        names: tuple[tuple[TagKind, Mapping[str, Words]], ...] = (
            ("row", book.rows), ("column", book.columns), ("group", book.groups),
        )  # fmt: skip
        known = {
            (k, f"{t.id}/{s.id}") for t in form.tables for k, specs in _labelled(t) for s in specs
        }
        for kind, named in names:
            for address, words in named.items():
                if (kind, address) in known:
                    self._add(kind, address, words)

    def _labels(self, form: FormSpec) -> None:
        for section in form.sections:
            for wording in (section.label, *section.accepted):
                self._add("section", section.id, (wording, section.ordinal + wording))
        for table in form.tables:
            self._table_labels(table)
            for block in table.blocks:
                for row in block.rows if block.heading else ():
                    self._add("row", f"{table.id}/{row}", clause_forms(block.heading))

    def _table_labels(self, table: TableSpec) -> None:
        for kind, labels in _labelled(table):
            for spec in labels:
                address = f"{table.id}/{spec.id}"
                for wording in (spec.label, spec.name, *spec.accepted):
                    self._add(kind, address, label_forms(wording))

    def _report(self, run: CheckRun) -> None:
        self._add("word", "", {c.subject for c in run.claims if len(c.subject) > 1})
        self._text = fold(run.report.document.text)
        self._findings = len(run.findings)
        if agency := run.report.identity.agency:
            self._agency = agency
            self._add("filler", "", short_bodies(agency))
        for table in run.report.tables:
            for deviation in table.deviations:
                if deviation.kind == "extra_row" and deviation.printed:
                    self._add("row", f"{table.id}/{deviation.id}", label_forms(deviation.printed))

    @property
    def words(self) -> Mapping[str, frozenset[Tag]]:
        """Every known word with its meanings, folded."""
        return {word: frozenset(tags) for word, tags in self._words.items()}

    def _starting(self, text: str, at: int) -> Iterator[Token]:
        for size in range(min(self._longest, len(text) - at), 0, -1):
            word = text[at : at + size]
            if word in self._words:
                yield Token(word, frozenset(self._words[word]))
        yield from self._about_writing(text, at)
        yield from self._called_by_number(text, at)
        yield from _ranges(text, at, self._findings)
        for kind, pattern in _PATTERNS:
            if match := pattern.match(text, at):
                value = match[1]
                if kind == "ordinal" and value != "最后":
                    number = ordinal(value)
                    if number is None:
                        continue
                    value = str(number)
                yield Token(match[0], frozenset({Tag(kind, value)}))

    def _about_writing(self, text: str, at: int) -> Iterator[Token]:
        """主要问题写得怎么样 is about what the section says, not about findings."""
        for word, section in self._written.items():
            if text.startswith(f"{word}{_WRITING}", at):
                yield Token(word, frozenset({Tag("section", section)}))

    def _called_by_number(self, text: str, at: int) -> Iterator[Token]:
        if (cell := self._numbered.cell_at(text, at)) is not None:
            yield Token(cell[0], frozenset({Tag("compound", cell[1])}))
        called = tuple(self._numbered.at(text, at))
        if called:
            yield Token(called[0].text, frozenset(Tag(n.kind, n.address) for n in called))

    def cut(self, text: str) -> tuple[Token, ...]:
        """Cut a folded question so that as little as possible is unknown, in few words.

        A compound is replaced by the words it stands for; a particle at the end is left out.
        """
        found = self._cut(text)
        if len(found) > 1 and found[-1].text in PARTICLES:
            found = found[:-1]
        found = self._unknown_words(found)
        parts = ((t, t.values("compound")) for t in found)
        return tuple(p for t, said in parts for p in (self._cut(said[0]) if said else (t,)))

    def _unknown_words(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """Unknown characters as words: side by side, or as they stand in the report.

        A particle of one character belongs to such a word where the report has the two together.
        The body itself, however it is abbreviated, means nothing more than 我局.
        """
        kept: list[Token] = []
        for token in tokens:
            if kept and not kept[-1].tags and not token.tags:
                kept[-1] = Token(kept[-1].text + token.text, frozenset())
            else:
                kept.append(token)
        kept = self._with_particles(kept)
        own = frozenset({Tag("filler", "")})
        return tuple(
            Token(t.text, own) if not t.tags and abbreviates(t.text, self._agency) else t
            for t in kept
        )

    def _with_particles(self, tokens: Sequence[Token]) -> list[Token]:
        """Unknown words with the particles beside them, where the report has them together."""
        kept: list[Token] = []
        for token in tokens:
            kept.append(token)
            for size in (2, 3):
                joined = kept[-size:]
                text = "".join(t.text for t in joined)
                unknown = any(not t.tags for t in joined) and len(joined) == size
                if unknown and text in self._text and all(map(_may_belong, joined)):
                    kept[-size:] = [Token(text, frozenset())]
        return kept

    def _cut(self, text: str) -> tuple[Token, ...]:
        worst = (len(text) + 1, 0)
        best: list[tuple[int, int]] = [worst] * len(text) + [(0, 0)]
        step: list[Token] = [Token("", frozenset())] * len(text)
        for at in range(len(text) - 1, -1, -1):
            unknown, words = best[at + 1]
            best[at], step[at] = (unknown + 1, words + 1), Token(text[at], frozenset())
            for token in self._starting(text, at):
                unknown, words = best[at + len(token.text)]
                if (unknown, words + 1) < best[at]:
                    best[at], step[at] = (unknown, words + 1), token
        cut: list[Token] = []
        at = 0
        while at < len(text):
            cut.append(step[at])
            at += len(step[at].text)
        return tuple(cut)


def _ranges(text: str, at: int, known: int) -> Iterator[Token]:
    """Several findings named at once: 前三条, 第1到第3条; 后两条 of those that are known."""
    tail = _TAIL.match(text, at)
    if tail and (count := ordinal(tail[1])) is not None and 1 < count <= _MOST_ORDINALS:
        end = max(known, count)  # 后十条 of six: the numbers that there are not are told
        yield _ordinals(tail[0], end - count + 1, end)
    first = _FIRST.match(text, at)
    if first and (last := ordinal(first[1])) is not None and 1 < last <= _MOST_ORDINALS:
        yield _ordinals(first[0], 1, last)
    found = _RANGE.match(text, at)
    ends = (ordinal(found[1]), ordinal(found[2])) if found else (None, None)
    if found and ends[0] and ends[1] and ends[0] < ends[1] <= _MOST_ORDINALS:
        yield _ordinals(found[0], ends[0], ends[1])


def _ordinals(text: str, first: int, last: int) -> Token:
    return Token(text, frozenset(Tag("ordinal", str(n)) for n in range(first, last + 1)))


def _labelled(table: TableSpec) -> tuple[tuple[TagKind, Sequence[_Labelled]], ...]:
    """Everything of a table that carries a label."""
    return ("row", table.rows), ("column", table.columns), ("group", table.groups)


def understand(question: str, lexicon: Lexicon) -> Question:
    """Cut a question and collect what it names and asks."""
    text = fold(question)
    if len(text) > MAX_QUESTION:
        return Question((), frozenset(), (), (text[:MAX_QUESTION],))
    tokens = lexicon.cut(text)
    places: list[Token] = []
    intents: set[str] = set()
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        before = tokens[index - 1] if index else None
        own = set(token.values("intent"))
        if _is_place(token):
            places.append(_narrowed(token, following))
        if own & {"as_row", "as_column"} and token.text[0] in "这那该":
            # 这一行 after a name is part of the name; alone it points at what was spoken of.
            own |= set() if before and _is_place(before) else {"focus"}
        intents |= own
    last = next((p for p in sorted(PARTICLES, key=len, reverse=True) if text.endswith(p)), "")
    ending = last if tokens and not tokens[-1].text.endswith(last) else ""
    return Question(tokens, frozenset(intents), _told_apart(places), _unknown(tokens), ending)


def _told_apart(places: Sequence[Token]) -> tuple[Token, ...]:
    """The places without those that another one says more exactly: 结转 beside 到明年."""
    rows = [frozenset(p.values("row")) for p in places]
    return tuple(
        p
        for p, own in zip(places, rows, strict=True)
        if not any(other and other < own and len(p.tags) == len(own) for other in rows)
    )


def _unknown(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Words that nobody knows, or that only the narrative may know."""
    return tuple(t.text for t in tokens if t.narrative or not t.tags)


def _may_belong(token: Token) -> bool:
    """Whether it is unknown, or a single character that is skipped and may be part of a word."""
    return not token.tags or (
        len(token.text) == 1 and bool(token.values("filler")) and token.text not in _BETWEEN
    )


def _is_place(token: Token) -> bool:
    return any(t.kind in ("row", "column", "group") for t in token.tags)


def _narrowed(token: Token, following: Token | None) -> Token:
    """Keep only the row or only the column meaning when 行 or 列 follows."""
    after = set(following.values("intent")) if following else set()
    if "as_column" in after:
        kept = frozenset(t for t in token.tags if t.kind == "column")
    elif "as_row" in after:
        kept = frozenset(t for t in token.tags if t.kind in ("row", "group"))
    else:
        kept = frozenset()
    return Token(token.text, kept) if kept else token
