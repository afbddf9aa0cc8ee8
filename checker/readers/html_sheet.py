"""What the style sheets inside a page say about visibility.

No CSS engine: only rules whose selector is one tag, class or id, or several of these for one
element, can hide. Every other selector that may fit an element can only show it, and blocks that
hold for some screens only (``@media``) are left out. Nothing is fetched.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from lxml import etree

from checker.readers.html_style import (
    NOTHING,
    Facts,
    declarations,
    facts_of,
    facts_of_style,
)

_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|<!--|-->")
_MARK = re.compile(r"[{}]")
_AT_STATEMENT = re.compile(r"@[\w-]+[^;{}@]*;")
_COMBINATOR = re.compile(r"[\s>+~]")
_COMPOUND = re.compile(r"(?P<tag>\*|[a-zA-Z][\w-]*)?(?P<rest>(?:[.#][\w-]+)*)\Z")
_CONDITION = re.compile(r"(?:::?[\w-]+(?:\([^()]*\))?|\[[^\[\]]*\])")
_PART = re.compile(r"([.#])([\w-]+)")
_IMPORTANT = "!important"
# What only changes white space or numbers of lists is left to the page itself.
_LEFT_OUT: Final = frozenset({"white-space", "list-style", "list-style-type"})
_MOST_TEXT: Final = 500_000
_MOST_RULES: Final = 5_000
_MOST_PER_ELEMENT: Final = 200


class _Rule(NamedTuple):
    """One selector with its declarations.

    Attributes:
        rank: by which the rules of an element are put in order; the last one wins.
        shows_only: the selector says more than what is known here.
    """

    rank: tuple[int, int, bool, int]
    tag: str
    classes: frozenset[str]
    ids: frozenset[str]
    style: str
    shows_only: bool


class StyleSheets:
    """The style sheets of one page.

    Args:
        root: the page.
    """

    def __init__(self, root: etree._Element) -> None:
        self._by_key: dict[str, list[_Rule]] = {}
        texts = tuple(_sheets(root))
        # Whether nothing but what is read here can colour an element; a fragment without any
        # sheet has lost them.
        self.complete = bool(texts) and not _linked(root) and not any("@" in t for t in texts)
        order = 0
        for text in texts:
            told = ((s, style) for many, style in _blocks(text) for s in many.split(","))
            for selector, style in islice(told, _MOST_RULES):
                order += 1
                self._add(selector.strip(), style, order)
        self._of_key = lru_cache(maxsize=4096)(self._matching)

    def facts_of(self, element: etree._Element) -> Facts:
        """What attributes, inline style and style sheets state about an element."""
        if not self._by_key or not isinstance(element.tag, str):
            return facts_of(element)
        classes, name = element.get("class", ""), element.get("id", "")
        under, above = self._of_key(element.tag, classes, name)
        return facts_of(element, under=under, above=above) if under or above else facts_of(element)

    def _add(self, selector: str, style: str, order: int) -> None:
        subject = _COMBINATOR.split(selector)[-1]
        bare = _CONDITION.sub("", subject)
        compound = _COMPOUND.match(bare)
        if not subject or compound is None or "::" in subject:
            return
        parts = _PART.findall(compound["rest"])
        classes = frozenset(name for mark, name in parts if mark == ".")
        ids = frozenset(name for mark, name in parts if mark == "#")
        tag = (compound["tag"] or "*").lower()
        rule = _Rule(
            (len(ids), len(classes), tag != "*", order), tag, classes, ids, style, bare != selector
        )
        key = next((f"#{i}" for i in ids), next((f".{c}" for c in classes), tag))
        self._by_key.setdefault(key, []).append(rule)

    def _matching(self, tag: str, classes: str, name: str) -> tuple[str, str]:
        """The declarations below and above the inline style of an element."""
        own = frozenset(classes.split())
        keys = (f"#{name}", *(f".{c}" for c in sorted(own)), tag, "*")
        rules = [
            rule
            for key in keys
            for rule in self._by_key.get(key, ())[-_MOST_PER_ELEMENT:]
            if rule.tag in ("*", tag) and rule.classes <= own and rule.ids <= {name}
        ]
        under: list[str] = []
        above: list[str] = []
        for rule in sorted(rules, key=lambda r: (r.shows_only, r.rank)):
            for declaration in rule.style.split(";"):
                if rule.shows_only:
                    if not _hides(declaration):
                        above.append(declaration)
                elif _IMPORTANT in declaration:
                    above.append(declaration)
                else:
                    under.append(declaration)
        return ";".join(under), ";".join(above)


def _hides(declaration: str) -> bool:
    facts = facts_of_style(declaration)
    aside = facts.crossing or facts.raised
    unseen = facts.gone or facts.unseen or facts.clear or facts.tiny or facts.white
    return bool(aside or unseen or facts.off_page)


def _linked(root: etree._Element) -> bool:
    return any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link"))


def _sheets(root: etree._Element) -> Iterator[str]:
    """The text of every sheet that holds on a screen."""
    left = _MOST_TEXT
    for element in root.iter("style"):
        media = (element.get("media") or "all").lower()
        if media.strip() in ("", "all", "screen") and element.text:
            yield _COMMENT.sub(" ", element.text[:left])
            left = max(0, left - len(element.text))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the outermost rules; blocks of at-rules are skipped."""
    depth, place, selectors = 0, 0, ""
    for mark in _MARK.finditer(text):
        if mark[0] == "{":
            if depth == 0:
                selectors = _AT_STATEMENT.sub("", text[place : mark.start()]).strip()
                place = mark.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                style = _telling(text[place : mark.start()])
                if style and not selectors.startswith("@"):
                    yield selectors, style
                place = mark.end()


def _telling(style: str) -> str:
    """The declarations that bear on visibility."""
    kept = [
        part
        for part in style.lower().split(";")
        for key, _ in declarations(part)
        if key not in _LEFT_OUT
    ]
    joined = ";".join(kept)
    return joined if facts_of_style(joined) != NOTHING else ""
