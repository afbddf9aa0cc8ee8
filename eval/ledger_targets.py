"""Compares what a statement is held against: expressions over cells, as in the machine interface.

Two expressions are the same when they add up the same cells; arithmetic within the prose may be
written in any way. Nothing is decided here about whether a statement is true.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from checker.rulebook import FormSpec

ANY = "any"
TEXT = "text:"
SHARE = "100 *"
PRIOR = "prior:"

_ADDRESS = re.compile(r"(?:prior:)?[a-z]+/[a-z_.]*(?:\.\*|[a-z0-9])/[a-z_]+")
_OPERATORS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def addresses(expression: str) -> tuple[str, ...]:
    """The cells and groups named in an expression, as written."""
    return tuple(_ADDRESS.findall(expression))


def expand(address: str, form: FormSpec) -> tuple[str, ...]:
    """The cells of a group; a plain address stands for itself.

    ``requests/other.*/total`` is one row on the 2019 form and three on the 2021 form.

    Raises:
        ValueError: the form has no such cell or group.
    """
    table, row, column = address.removeprefix(PRIOR).split("/")
    known = [s for s in form.tables if s.id == table]
    rows = [r.id for s in known for r in s.rows]
    group = row.removesuffix(".*")
    wanted = [r for r in rows if r == row or (row.endswith(".*") and _within(r, group))]
    cells = [f"{table}/{r}/{column}" for r in wanted]
    if not cells or not {c for s in known for c in s.addresses()}.issuperset(cells):
        raise ValueError(f"表式 {form.id} 没有单元格 {address}")
    prior = PRIOR if address.startswith(PRIOR) else ""
    return tuple(prior + c for c in cells)


def accepts(label: str | None, target: str | None, *, form: FormSpec) -> bool:
    """Whether a target is the one that a label asks for."""
    if label in (ANY, target):
        return True
    if label is None or target is None:
        return False
    if PRIOR in label:
        return PRIOR in target
    if _is_computed(label):
        return _is_computed(target)
    return _canonical(label, form) == _canonical(target, form)


def value_of(expression: str, figures: Mapping[str, Fraction], *, form: FormSpec) -> Fraction:
    """What an expression gives.

    Raises:
        KeyError: a cell holds no number.
        ValueError: no arithmetic, or a cell that the form does not have.
    """

    def number(match: re.Match[str]) -> str:
        cells = [figures[c] for c in expand(match[0], form)]
        return "(" + "+".join(f"{v.numerator}/{v.denominator}" for v in cells) + ")"

    written = _ADDRESS.sub(number, expression.removeprefix(TEXT).strip())
    return _evaluate(ast.parse(written, mode="eval").body)


def _within(row: str, group: str) -> bool:
    return row == group or row.startswith(group + ".")


def _is_computed(expression: str) -> bool:
    return expression.startswith(TEXT) or SHARE in expression


def _canonical(expression: str, form: FormSpec) -> tuple[str, ...]:
    """The cells of a sum in order; any other expression without its spaces."""
    parts = [p.strip() for p in expression.split("+")]
    if not all(_ADDRESS.fullmatch(p) for p in parts):
        return ("".join(expression.split()),)
    try:
        return tuple(sorted(c for p in parts for c in expand(p, form)))
    except ValueError:
        return tuple(sorted(parts))


def _evaluate(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant):
        return Fraction(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):  # a negative 本年增/减
        return -_evaluate(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_evaluate(node.left), _evaluate(node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_evaluate(node.operand)  # a cell of 本年增/减
    raise ValueError(f"不是算式：{ast.unparse(node)}")
