"""What a model may look up: findings, cells, figures, sentences, rules, articles, suppositions.

Everything reads; nothing that a model says changes the report, the findings or a file.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from checker.answers.library import Article
from checker.answers.locate import find_lines
from checker.answers.model.shelf import Shelf
from checker.answers.parse import Lexicon, Question, understand
from checker.answers.types import UNTOLD, Answer, Change, Citation
from checker.answers.whatif import (
    figures_meant,
    is_about_prose,
    new_value,
    one_cell,
    places_of,
    reworded,
    what_if,
)
from checker.domain.locator import Locator
from checker.llm.chat import ChatTool, Evidence, ToolArguments, ToolResult, tool

_MOST: Final = 20
_MOST_CELLS: Final = 40
_SENTENCE: Final = re.compile(r"[^。！？；\n]+[。！？；]?")
_NOTHING: Final = "没有查到。"
_NO_CELL: Final = "不能唯一确定是哪一格，或者不是一个数。假设正文里的数，写成“正文里的167条=150”。"
_NO_FIGURE: Final = "在正文里没有认出，或者不是一个数。"


class _Numbers(ToolArguments):
    numbers: tuple[int, ...]


class _Names(ToolArguments):
    names: tuple[str, ...]


class _Words(ToolArguments):
    words: str


class _Rules(ToolArguments):
    ids: tuple[str, ...]
    words: str


class _Changes(ToolArguments):
    changes: tuple[str, ...]


class _Terms(ToolArguments):
    plus: tuple[str, ...]
    minus: tuple[str, ...]


class _Nothing(ToolArguments):
    pass


class _Question(ToolArguments):
    question: str


@dataclass(frozen=True)
class Toolbox:
    """The tools for one question.

    Attributes:
        ask: the embedded answerer.
        main_law: the law that is meant when none is named.
    """

    shelf: Shelf
    lexicon: Lexicon
    ask: Callable[[str], Answer]
    main_law: str

    def tools(self) -> tuple[ChatTool, ...]:
        """All of them; their descriptions stand in the prompt ``chat_tools``."""
        return (
            tool("findings", _Numbers, self._findings),
            tool("cells", _Names, self._cells),
            tool("ledger", _Words, self._ledger),
            tool("sections", _Words, self._sections),
            tool("rules", _Rules, self._rules),
            tool("articles", _Words, self._articles),
            tool("what_if", _Changes, self._what_if),
            tool("add_up", _Terms, self._add_up),
            tool("unchecked", _Nothing, self._unchecked),
            tool("program", _Question, self._program),
        )

    def _findings(self, given: _Numbers) -> ToolResult:
        known = range(1, len(self.shelf.view.findings) + 1)
        wanted = [n for n in given.numbers if n in known] if given.numbers else list(known)
        return _found((self.shelf.finding(n) for n in wanted[:_MOST]), len(wanted))

    def _cells(self, given: _Names) -> ToolResult:
        addresses = dict.fromkeys(a for name in given.names for a in self.addresses(name))
        made = (self.shelf.cell(a) for a in list(addresses)[:_MOST_CELLS])
        unknown = [n for n in given.names if not self.addresses(n)]
        remark = f"没有这样的格：{'、'.join(unknown)}。" if unknown else ""
        return ToolResult(tuple(made), remark)

    def addresses(self, name: str) -> tuple[str, ...]:
        """The cells that a name or an address means; a row with all its columns."""
        if name in self.shelf.view.cells:
            return (name,)
        asked = understand(name, self.lexicon)
        if not asked.places or asked.unknown or asked.asks("outside"):
            return ()
        lines = find_lines(self.shelf.view, places=asked.places, tables=asked.all("table"))
        return tuple(dict.fromkeys(a for line in lines for a in line.cells))

    def _one(self, name: str) -> str | None:
        """The one cell that a name means, of a row its total."""
        if name in self.shelf.view.cells:
            return name
        asked = understand(name, self.lexicon)
        if not asked.places or asked.unknown:
            return None
        tables = asked.all("table")
        lines = find_lines(self.shelf.view, places=asked.places, tables=tables)
        cells = one_cell(lines).cells if lines else ()
        return cells[0] if len(cells) == 1 and cells[0] in self.shelf.view.cells else None

    def _ledger(self, given: _Words) -> ToolResult:
        claims = [c for c in self.shelf.view.run.claims if _has(c.quote, given.words)]
        return _found((self.shelf.claim(c) for c in claims[:_MOST]), len(claims))

    def _sections(self, given: _Words) -> ToolResult:
        sections = understand(given.words, self.lexicon).all("section")
        named = list(self._sentences(sections)) if sections else []
        pieces = named or [p for p in self._sentences(()) if _has(p[0], given.words)]
        return _found((self.shelf.passage(*p) for p in pieces[:_MOST]), len(pieces))

    def _sentences(self, sections: tuple[str, ...]) -> Iterator[tuple[str, Locator]]:
        """Sentences of the paragraphs, or of those of some sections."""
        report = self.shelf.view.run.report
        for section in report.sections:
            if sections and section.id not in sections:
                continue
            for block in report.document.blocks[section.first_block : section.last_block]:
                if block.type != "paragraph":
                    continue
                for match in _SENTENCE.finditer(block.text):
                    start = block.locator.start + match.start()
                    if text := match[0].strip():
                        yield text, block.locator.part(start, start + len(match[0]))

    def _rules(self, given: _Rules) -> ToolResult:
        rules = self.shelf.library.rules
        wanted = [i for i in given.ids if i in rules]
        if not given.ids:
            wanted = [i for i, r in rules.items() if _has(r.title, given.words)]
        return _found((self.shelf.rule(i) for i in wanted[:_MOST]), len(wanted))

    def _articles(self, given: _Words) -> ToolResult:
        asked = given.words
        found = [a for a in self.shelf.library.articles if _has(_whole(a), asked)]
        return _found((self.shelf.article(a, self.main_law) for a in found[:_MOST]), len(found))

    def _what_if(self, given: _Changes) -> ToolResult:
        changes: dict[str, Change] = {}
        for wish in given.changes:
            name, _, words = wish.partition("=")
            asked = understand(name, self.lexicon)
            if is_about_prose(asked):
                change, remark = self._in_prose(asked, words.strip())
                if change is None:
                    return ToolResult(remark=f"“{wish}”{remark}")
                changes[change.key] = change
                continue
            cell = self._one(name.strip())
            value = new_value(self.shelf.view, cell, words.strip()) if cell else None
            if cell is None or value is None:
                return ToolResult(remark=f"“{wish}”{_NO_CELL}")
            changes[cell] = Change(cell=cell, printed=value.printed)
        if not changes:
            return ToolResult(remark=_NOTHING)
        found = what_if(self.shelf.view, tuple(changes.values()))
        return ToolResult((self.shelf.supposed(found),))

    def _in_prose(self, asked: Question, words: str) -> tuple[Change | None, str]:
        """The one figure of the narrative that is meant, or why there is none."""
        claims = figures_meant(self.shelf.view, asked)
        made = [c for c in (reworded(k, words, Decimal(0)) for k in claims) if c is not None]
        if len(made) == 1:
            return made[0], ""
        if not made:
            return None, _NO_FIGURE
        places = "；".join(places_of(self.shelf.view, made[:_MOST]))
        return None, f"正文里有{len(made)}处，请让用户说明是哪一处：{places}。"

    def _add_up(self, given: _Terms) -> ToolResult:
        plus, minus = ([self._one(n) for n in names] for names in (given.plus, given.minus))
        cells, less = [c for c in plus if c], [c for c in minus if c]
        if len(cells) < len(plus) or len(less) < len(minus) or not cells:
            return ToolResult(remark="有的格子不能唯一确定，请写明行名和列名。")
        made = self.shelf.total(tuple(cells), tuple(less))
        if made is None:
            return ToolResult(remark="有的格子没有填数或读不准，不能相加。")
        return ToolResult((made,))

    def _unchecked(self, _given: _Nothing) -> ToolResult:
        run = self.shelf.view.run
        left = [o for o in run.outcomes if o.status == "not_judged"]
        made = [
            self.shelf.open_point(
                f"没有判定：{o.rule} {o.title}：{o.reason}", Citation(rule=o.rule)
            )
            for o in left
        ]
        made += [
            self.shelf.open_point(
                f"识读存疑：{d.message}", Citation(cell=d.cell, locator=d.locator)
            )
            for d in run.doubts
        ]
        made += [self.shelf.open_point(f"没有完成：{p.message}", Citation()) for p in run.problems]
        return _found(made[:_MOST], len(made))

    def _program(self, given: _Question) -> ToolResult:
        told = self.ask(given.question)
        if told.kind in UNTOLD:
            return ToolResult(remark=told.text)
        return ToolResult((self.shelf.answer(given.question, told),))


def _found(evidence: Iterable[Evidence], count: int) -> ToolResult:
    made = tuple(evidence)
    rest = f"共{count}条，只列{len(made)}条。" if count > len(made) else ""
    return ToolResult(made, rest if made else _NOTHING)


def _has(text: str, words: str) -> bool:
    """Whether every word stands in a text."""
    return all(w in text for w in words.split())


def _whole(article: Article) -> str:
    return f"{article.source} {article.clause} {article.text}"
