"""The formula language."""

from decimal import Decimal

import pytest

from checker.rulebook.formula import Compare, Linear, Logic, Name, Not, Term, parse_formula


def linear(*terms: tuple[int, str | None]) -> Linear:
    return Linear(tuple(Term(Decimal(c), Name(n) if n else None) for c, n in terms))


def test_sums_keep_the_order_in_which_they_were_written() -> None:
    left = linear((1, "b"), (1, "a"))
    assert parse_formula("b + a = c") == Compare("=", left, linear((1, "c")))


def test_minus_and_brackets_turn_signs() -> None:
    right = linear((1, "a"), (-1, "b"), (1, "c"))
    assert parse_formula("x >= a - (b - c)") == Compare(">=", linear((1, "x")), right)


def test_product_with_a_number_on_either_side() -> None:
    assert parse_formula("2 * a <= b * 3") == Compare("<=", linear((2, "a")), linear((3, "b")))


def test_sum_of_a_group_is_marked() -> None:
    formula = parse_formula("sum(denied) = total")
    assert isinstance(formula, Compare)
    assert formula.left.terms[0].name == Name("denied", summed=True)


def test_words_of_logic_bind_not_and_or_iff() -> None:
    formula = parse_formula("not a = 0 and b = 0 or c = 0 iff d = 0")
    assert isinstance(formula, Logic)
    assert formula.op == "iff"
    assert isinstance(formula.left, Logic)
    assert formula.left.op == "or"
    assert isinstance(formula.left.left, Logic)
    assert isinstance(formula.left.left.left, Not)


def test_addresses_with_slashes_and_dots_are_names() -> None:
    formula = parse_formula("requests/denied.state_secret/total = 0")
    assert isinstance(formula, Compare)
    assert formula.left.terms[0].name == Name("requests/denied.state_secret/total")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "缺少编号或数字"),
        ("a + b", "缺少比较符号"),
        ("a = b = c", "多出内容"),
        ("a * b = c", "一边必须是数字"),
        ("(a = b) + 1 = 2", "不能再作加减"),
        ("sum(3) = 1", "缺少编号或数字"),
        ("sum(a = 1", "缺少“)”"),
        ("a = 1; b", "无法识别"),
        ("__import__('os') = 1", "无法识别"),
        ("A = 1", "无法识别"),
    ],
)
def test_anything_else_is_refused_in_chinese(source: str, words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("(", r"\(").replace(")", r"\)")):
        parse_formula(source)
