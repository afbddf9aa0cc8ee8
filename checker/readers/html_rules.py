"""Rules of a style sheet: the declarations that bear on visibility, and its selectors.

Only loaded for pages whose sheets may hide something, because of the libraries.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import tinycss2
from cssselect import HTMLTranslator, SelectorError
from cssselect.parser import Class, CombinedSelector, Element, Hash, Tree, parse
from lxml import etree
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from checker.readers.html_media import holds_on_screen
from checker.readers.html_select import Combinator, Part
from checker.readers.html_style import facts_of_style

Matter = Literal[
    "display", "visibility", "opacity", "size", "colours", "line", "height", "space", "lists", "box"
]
"""What a declaration is about; those about one matter overrule each other."""

_MATTERS: Final[Mapping[str, Matter]] = {
    "display": "display",
    "mso-hide": "display",
    "visibility": "visibility",
    "opacity": "opacity",
    "animation": "opacity",
    "animation-name": "opacity",
    "font": "size",
    "font-size": "size",
    "color": "colours",
    "background": "colours",
    "background-color": "colours",
    "background-image": "colours",
    "text-decoration": "line",
    "text-decoration-line": "line",
    "vertical-align": "height",
    "white-space": "space",
    "list-style": "lists",
    "list-style-type": "lists",
    "position": "box",
    "left": "box",
    "top": "box",
    "margin-left": "box",
    "text-indent": "box",
    "height": "box",
    "max-height": "box",
    "width": "box",
    "max-width": "box",
    "overflow": "box",
    "clip": "box",
    "clip-path": "box",
}
# What a declaration of a box needs beside it to hide something.
_BESIDE: Final = "position:absolute;overflow:hidden;"
_TRANSLATOR: Final = HTMLTranslator()
_COMBINATORS: Final[Mapping[str, Combinator]] = {"": "", " ": " ", ">": ">", "+": "+", "~": "~"}
_COUNTS: Final = re.compile(r"sibling|descendant|ancestor|//|\.\.|last\(|position\(")
_LONGEST: Final = 2_000
LONGEST_LIST: Final = 50_000
"""Characters of the selectors of one rule that are read at most."""
_MOST_PARTS: Final = 24
_MOST_NESTED: Final = 8
# Blocks with rules that hold under a condition; of the others (fonts, pages) none holds an element.
_CONDITIONAL: Final = frozenset({"container", "scope", "starting-style", "document"})


class Told(NamedTuple):
    """One declaration that bears on visibility.

    Attributes:
        important: it overrules what elements state themselves.
    """

    matter: Matter
    text: str
    important: bool

    @property
    def hides(self) -> bool:
        """Whether it may change what is read of a text by itself; colours never do."""
        facts = facts_of_style(_BESIDE + self.text if self.matter == "box" else self.text)
        aside = facts.crossing or facts.raised or facts.pre
        unseen = facts.gone or facts.unseen or facts.clear or facts.tiny
        return bool(aside or unseen or facts.off_page or facts.indented or facts.cut)


class Block(NamedTuple):
    """The declarations of one rule.

    Attributes:
        layer: it stands in a layer, which all other rules overrule.
    """

    selectors: str
    told: tuple[Told, ...]
    layer: bool


class Sheet(NamedTuple):
    """One sheet as read; ``whole`` when no rule in it was left aside."""

    blocks: tuple[Block, ...]
    whole: bool


class Selector(NamedTuple):
    """A selector.

    Attributes:
        parts: its compounds, from left to right.
        rank: its specificity.
    """

    parts: tuple[Part, ...]
    rank: tuple[int, int, int]


@lru_cache(maxsize=64)
def read_sheet(text: str) -> Sheet:
    """The rules of a sheet that hold on a screen and bear on visibility, in order."""
    blocks: list[Block] = []
    try:
        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        whole = _collect(rules, blocks, layer=False, depth=0)
    except RecursionError:
        return Sheet((), whole=False)
    return Sheet(tuple(blocks), whole)


def _collect(rules: Iterable[Node], blocks: list[Block], *, layer: bool, depth: int) -> bool:
    """Keep the rules; False when some were left aside that may hold."""
    whole = True
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            told = tuple(_told(rule.content))
            if told:
                blocks.append(Block(tinycss2.serialize(rule.prelude).strip(), told, layer))
        elif isinstance(rule, AtRule):
            whole = _at_rule(rule, blocks, layer=layer, depth=depth) and whole
    return whole


def _at_rule(rule: AtRule, blocks: list[Block], *, layer: bool, depth: int) -> bool:
    name = rule.lower_at_keyword
    if rule.content is None:
        return name != "import"
    if name in ("media", "supports", "layer"):
        condition = tinycss2.serialize(rule.prelude).strip().lower()
        if name == "media" and not holds_on_screen(condition):
            return True
        if name == "supports" and condition.startswith("not"):
            return True
        if depth < _MOST_NESTED:
            inside = tinycss2.parse_rule_list(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            return _collect(inside, blocks, layer=layer or name == "layer", depth=depth + 1)
    return name not in _CONDITIONAL and depth < _MOST_NESTED


def _told(content: Iterable[Node]) -> Iterator[Told]:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(node, Declaration) and (matter := _MATTERS.get(node.lower_name)):
            value = tinycss2.serialize(node.value).strip().lower()
            mark = "!important" if node.important else ""
            if ";" not in value:
                yield Told(matter, f"{node.lower_name}:{value}{mark}", node.important)


@lru_cache(maxsize=4096)
def read_selectors(text: str) -> tuple[Selector, ...]:
    """The selectors of a rule; empty where one of them is written wrongly, as in browsers.

    What stands for no element of a page at rest (``:hover``, ``::before``) is left out.
    """
    try:
        parsed = parse(text)
    except (SelectorError, RecursionError):
        return ()
    found: list[Selector] = []
    for selector in parsed:
        try:
            parts = _parts(selector.parsed_tree)
            if selector.pseudo_element is None and len(parts) <= _MOST_PARTS:
                found.append(Selector(parts, selector.specificity()))
        except (SelectorError, RecursionError, etree.XPathError):
            continue
    return tuple(found)


def _parts(tree: Tree) -> tuple[Part, ...]:
    """The compounds of a selector, from left to right.

    Raises:
        SelectorError: one of them asks for something that only browsers know.
    """
    parts: list[Part] = []
    while isinstance(tree, CombinedSelector):
        parts.append(_part(tree.subselector, tree.combinator))
        tree = tree.selector
    return (_part(tree, ""), *reversed(parts))


def _part(tree: Tree, combinator: str) -> Part:
    """One compound.

    Raises:
        SelectorError: it asks for something that only browsers know.
    """
    names: list[str] = []
    inner, bare = tree, True
    while not isinstance(inner, Element):
        if isinstance(inner, Class):
            names.append(f".{inner.class_name}")
        elif isinstance(inner, Hash):
            names.append(f"#{inner.id}")
        else:
            bare = False
        inner = inner.selector
    if inner.element is not None:
        names.append(inner.element.lower())
    if combinator not in _COMBINATORS:
        raise SelectorError
    known = _COMBINATORS[combinator]
    if bare:
        return Part(known, frozenset(names))
    path = f"self::{_TRANSLATOR.xpath(tree)}"
    if len(path) > _LONGEST:
        raise SelectorError
    test = etree.XPath(f"boolean({path})")
    return Part(known, frozenset(names), test, bool(_COUNTS.search(path)))
