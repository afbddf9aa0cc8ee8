"""Targets are the same when they add up the same cells, however they are written."""

from fractions import Fraction

import pytest

from checker.rulebook import load_forms
from eval.ledger_targets import accepts, expand, value_of

FORM = load_forms()["2021"]
OLD = load_forms()["2019"]
SUM = "requests/granted/total + requests/partially_granted/total"


@pytest.mark.parametrize(
    ("label", "target"),
    [
        (SUM, "requests/partially_granted/total+requests/granted/total"),
        (
            "requests/other.*/total",
            "requests/other.correction_overdue/total + requests/other.fee_unpaid/total"
            " + requests/other.miscellaneous/total",
        ),
        ("any", None),
        ("any", "requests/total/total"),
        (None, None),
        ("text: 80+40", "text: 40 + 80"),
        ("100 * requests/granted/total / requests/total/total", "text: 12/20"),
        ("prior:requests/new_received/total", "100 * (20 - prior:requests/new_received/total)"),
    ],
)
def test_the_same_in_other_words_is_accepted(label: str | None, target: str | None) -> None:
    assert accepts(label, target, form=FORM)


@pytest.mark.parametrize(
    ("label", "target"),
    [
        (SUM, "requests/granted/total"),
        (SUM, f"{SUM} + requests/granted/total"),
        ("requests/granted/total", "requests/granted/natural_person"),
        ("requests/granted/total", None),
        (None, "requests/granted/total"),
        (None, "text: 80+40"),
        ("requests/new_received/total", "prior:requests/new_received/total"),
        ("prior:requests/new_received/total", "requests/new_received/total"),
        ("text: 80+40", "requests/new_received/total"),
        ("requests/total/total", "requests/total/total - requests/granted/total"),
        ("requests/total/total", "requests/nothing/total"),
    ],
)
def test_something_else_is_not_accepted(label: str | None, target: str | None) -> None:
    assert not accepts(label, target, form=FORM)


def test_a_group_is_one_row_on_the_old_form_and_three_on_the_new() -> None:
    assert expand("requests/other.*/total", OLD) == ("requests/other/total",)
    assert len(expand("requests/other.*/total", FORM)) == 3
    assert expand("prior:requests/total/total", FORM) == ("prior:requests/total/total",)


@pytest.mark.parametrize("address", ["requests/denied.nothing/total", "proactive/licensing/issued"])
def test_a_cell_that_the_form_lacks_is_told(address: str) -> None:
    with pytest.raises(ValueError, match=address):
        expand(address, FORM)


def test_expressions_are_computed_exactly() -> None:
    held = {"requests/granted/total": Fraction(12), "requests/partially_granted/total": Fraction(3)}
    share = f"100 * ({SUM}) / 20"
    assert value_of(SUM, held, form=FORM) == 15
    assert value_of(share, held, form=FORM) == 75
    assert value_of("text: 100*(642-570)/570", held, form=FORM) == Fraction(7200, 570)


def test_a_blank_cell_has_no_sum() -> None:
    with pytest.raises(KeyError):
        value_of(SUM, {"requests/granted/total": Fraction(12)}, form=FORM)


@pytest.mark.parametrize("expression", ["text: 2**9", "text: open('x')"])
def test_only_the_four_operations_are_computed(expression: str) -> None:
    with pytest.raises(ValueError, match="不是算式"):
        value_of(expression, {}, form=FORM)


def test_a_negative_cell_is_added() -> None:
    held = {
        "proactive/licensing/prior_items": Fraction(46),
        "proactive/licensing/change": Fraction(-2),
    }
    total = "proactive/licensing/prior_items + proactive/licensing/change"
    assert value_of(total, held, form=OLD) == 44
