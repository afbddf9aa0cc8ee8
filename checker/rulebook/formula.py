"""The formula language of rules: sums, comparisons, words of logic; never evaluated as code.

It refuses everything that is not linear: a product needs a plain number on one side.

    formula    := side [("implies" | "iff") side]          lowest
    side       := both ("or" both)*
    both       := single ("and" single)*
    single     := "not" single | comparison
    comparison := sum [("=" | "<>" | "<=" | ">=" | "<" | ">") sum]
    sum        := product (("+" | "-") product)*
    product    := factor ("*" factor)*
    factor     := NUMBER | ID | "sum" "(" ID ")" | "-" factor | "(" formula ")"
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple, cast

CompareOp = Literal["=", "<>", "<=", ">=", "<", ">"]
LogicOp = Literal["and", "or", "implies", "iff"]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<id>[a-z][a-z0-9_.]*(?:/[a-z][a-z0-9_.]*)*)"
    r"|(?P<op><=|>=|<>|[-+*=<>()]))"
)
_WORDS = frozenset({"and", "or", "not", "implies", "iff", "sum"})
_COMPARE = frozenset({"=", "<>", "<=", ">=", "<", ">"})


class Name(NamedTuple):
    """An id in a formula; ``summed`` when it stood in ``sum(…)``."""

    text: str
    summed: bool = False


class Term(NamedTuple):
    """A number times a name, or a plain number when ``name`` is None."""

    coefficient: Decimal
    name: Name | None


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of terms, in the order in which they were written."""

    terms: tuple[Term, ...]

    def constant(self) -> Decimal | None:
        """The number, when no name is in it."""
        if any(t.name for t in self.terms):
            return None
        return sum((t.coefficient for t in self.terms), Decimal(0))

    def times(self, factor: Decimal) -> "Linear":
        """Every term multiplied."""
        return Linear(tuple(Term(t.coefficient * factor, t.name) for t in self.terms))


@dataclass(frozen=True, slots=True)
class Compare:
    """Two sums and what should hold between them."""

    op: CompareOp
    left: Linear
    right: Linear


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a formula."""

    inner: "Formula"


@dataclass(frozen=True, slots=True)
class Logic:
    """Two formulas joined by a word."""

    op: LogicOp
    left: "Formula"
    right: "Formula"


Formula = Compare | Not | Logic


class _Token(NamedTuple):
    kind: Literal["number", "id", "op", "word", "end"]
    text: str


def _tokens(source: str) -> list[_Token]:
    found: list[_Token] = []
    place = 0
    text = source.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise ValueError(f"公式第 {place + 1} 个字符起无法识别：{text[place : place + 12]}")
        kind = cast(Literal["number", "id", "op"], match.lastgroup)
        word = match[kind]
        found.append(_Token("word" if word in _WORDS else kind, word))
        place = match.end()
    found.append(_Token("end", ""))
    return found


class _Parser:
    """Recursive descent over the tokens of one formula."""

    def __init__(self, source: str) -> None:
        self._tokens = _tokens(source)
        self._next = 0

    def parse(self) -> Formula:
        result = self._formula()
        if self._tokens[self._next].kind != "end":
            raise ValueError(f"公式在“{self._tokens[self._next].text}”处多出内容")
        return _truth(result)

    def _take(self, *texts: str) -> str | None:
        token = self._tokens[self._next]
        if token.kind in ("op", "word") and token.text in texts:
            self._next += 1
            return token.text
        return None

    def _need(self, text: str) -> None:
        if self._take(text) is None:
            raise ValueError(f"公式缺少“{text}”")

    def _formula(self) -> Linear | Formula:
        left = self._or()
        word = self._take("implies", "iff")
        if word is None:
            return left
        op: LogicOp = "implies" if word == "implies" else "iff"
        return Logic(op, _truth(left), _truth(self._or()))

    def _or(self) -> Linear | Formula:
        left = self._and()
        while self._take("or"):
            left = Logic("or", _truth(left), _truth(self._and()))
        return left

    def _and(self) -> Linear | Formula:
        left = self._not()
        while self._take("and"):
            left = Logic("and", _truth(left), _truth(self._not()))
        return left

    def _not(self) -> Linear | Formula:
        if self._take("not"):
            return Not(_truth(self._not()))
        return self._comparison()

    def _comparison(self) -> Linear | Formula:
        left = self._sum()
        op = self._take(*_COMPARE)
        if op is None:
            return left
        return Compare(cast(CompareOp, op), _linear(left), _linear(self._sum()))

    def _sum(self) -> Linear | Formula:
        left = self._product()
        while op := self._take("+", "-"):
            right = _linear(self._product())
            sign = Decimal(1 if op == "+" else -1)
            left = Linear((*_linear(left).terms, *right.times(sign).terms))
        return left

    def _product(self) -> Linear | Formula:
        left = self._factor()
        while self._take("*"):
            first, second = _linear(left), _linear(self._factor())
            if (number := first.constant()) is not None:
                left = second.times(number)
            elif (number := second.constant()) is not None:
                left = first.times(number)
            else:
                raise ValueError("公式中乘号的一边必须是数字")
        return left

    def _factor(self) -> Linear | Formula:
        if self._take("-"):
            return _linear(self._factor()).times(Decimal(-1))
        if self._take("("):
            inner = self._formula()
            self._need(")")
            return inner
        summed = self._take("sum") is not None
        if summed:
            self._need("(")
        token = self._tokens[self._next]
        self._next += 1
        if token.kind == "number" and not summed:
            return Linear((Term(Decimal(token.text), None),))
        if token.kind != "id":
            raise ValueError(f"公式在“{token.text or '末尾'}”处缺少编号或数字")
        if summed:
            self._need(")")
        return Linear((Term(Decimal(1), Name(token.text, summed)),))


def _linear(part: Linear | Formula) -> Linear:
    if isinstance(part, Linear):
        return part
    raise ValueError("公式中比较的结果不能再作加减或比较")


def _truth(part: Linear | Formula) -> Formula:
    if isinstance(part, Linear):
        raise ValueError("公式缺少比较符号（= <> <= >= < >）")
    return part


@lru_cache(maxsize=512)
def parse_formula(source: str) -> Formula:
    """Parse a formula.

    Raises:
        ValueError: what is wrong, in Chinese.
    """
    return _Parser(source).parse()


def names_in(formula: Formula) -> Iterator[Name]:
    """All names, in the order in which they were written."""
    for part in comparisons(formula):
        yield from (t.name for t in (*part.left.terms, *part.right.terms) if t.name)


def comparisons(formula: Formula) -> Iterator[Compare]:
    """All comparisons, in the order in which they were written."""
    if isinstance(formula, Compare):
        yield formula
    elif isinstance(formula, Not):
        yield from comparisons(formula.inner)
    else:
        yield from comparisons(formula.left)
        yield from comparisons(formula.right)
