"""The labelled sentences are well-formed, agree with their own figures and cover the domain."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from pydantic import ValidationError

from checker.assemble.numbers import parse_cell
from checker.rulebook import FormSpec, load_forms
from eval.ledger_suite import PARTS, LabelledCase, LabelledClaim, Part, load_part, types_of
from eval.ledger_targets import ANY, PRIOR, SHARE, TEXT, addresses, expand, value_of

CLAIM_TYPES = frozenset(range(1, 47))
WORDINGS = frozenset(f"w{i}" for i in range(1, 61))
TRAPS = frozenset(f"x{i}" for i in range(1, 16))
LEAST = {"tuning": 1000, "held_out": 100}
# The part that is not tuned on is exchanged from time to time, and absent in between.
PRESENT = tuple(p for p in PARTS if load_part(p))
NUMERAL = re.compile(
    r"[0-9０-９〇零一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟][0-9０-９,，.]*"
)


@cache
def cases(part: Part) -> tuple[LabelledCase, ...]:
    return load_part(part)


def every_case() -> Iterator[LabelledCase]:
    for part in PARTS:
        yield from cases(part)


def every_claim() -> Iterator[tuple[LabelledCase, LabelledClaim]]:
    for case in every_case():
        for claim in case.claims:
            yield case, claim


def form_of(case: LabelledCase) -> FormSpec:
    return load_forms()[case.form]


@cache
def figures(case_id: str) -> dict[str, Fraction]:
    """The numbers of the cells, in the base units of claims: 收费金额 in 元."""
    case = next(c for c in every_case() if c.id == case_id)
    tables = case.plan().tables
    found: dict[str, Fraction] = {}
    for table in form_of(case).tables:
        for address in table.addresses():
            _, row, column = address.split("/")
            spec = table.column(column)
            assert spec is not None
            value = parse_cell(tables[table.id][row][column], unit=spec.unit).value
            if value is not None:
                scale = 10000 if spec.unit == "万元" else 1
                found[address] = Fraction(value) * scale
    return found


def rounded(true: Fraction, printed: str) -> bool:
    """Whether a printed figure is the true one, rounded half up or cut."""
    places = len(printed.partition(".")[2])
    scaled = abs(true) * 10**places
    return Fraction(printed) * 10**places in (int(scaled), int(scaled + Fraction(1, 2)))


def agrees(claim: LabelledClaim, true: Fraction) -> bool:
    """Whether a figure is what its target gives."""
    if claim.value is None:
        return true == 0
    value = Fraction(claim.value)
    if claim.unit == "percent" and claim.kind == "quantifier":
        return true == 0
    if claim.approximation == "about":
        return abs(true - value) <= value / 10
    if claim.approximation == "more_than":
        return value <= true < value + max(value / 10, Fraction(10))
    if claim.approximation == "less_than":
        return value * Fraction(9, 10) <= true < value
    by_step = claim.kind in ("share", "growth_rate")
    return rounded(true, claim.value) if by_step else true == value or coarse(claim, true)


def coarse(claim: LabelledClaim, true: Fraction) -> bool:
    """6.05亿 for 60512.3万元: the figure at the unit in which it is printed."""
    scale = next((10**p for c, p in (("亿", 8), ("万", 4)) if c in claim.printed), 1)
    digits = re.sub(r"[^0-9.]", "", unicodedata.normalize("NFKC", claim.printed))
    return scale > 1 and digits != "" and rounded(true / scale, digits)


def judged_targets(claim: LabelledClaim) -> list[str]:
    return [t for t in claim.target if t is not None and t not in (ANY, TEXT) and PRIOR not in t]


@pytest.mark.parametrize("part", PRESENT)
def test_every_part_is_large_and_the_tuned_one_covers_every_type_wording_and_trap(
    part: Part,
) -> None:
    assert len(cases(part)) >= LEAST[part]
    wanted = CLAIM_TYPES | WORDINGS | TRAPS | {"numeral", "guard", "non_claim"}
    assert types_of(cases(part)) <= wanted
    assert part == "held_out" or types_of(cases(part)) == wanted


@pytest.mark.parametrize("part", PRESENT)
def test_a_third_must_not_fire_and_a_third_is_planted(part: Part) -> None:
    count = len(cases(part))
    assert sum(c.must_not_fire for c in cases(part)) * 3 >= count
    assert sum(c.planted for c in cases(part)) * 3 >= count


def test_ids_are_unique() -> None:
    ids = [c.id for c in every_case()]
    assert len(ids) == len(set(ids))


def test_what_was_tuned_on_is_always_there_and_the_rest_may_be_absent(tmp_path: Path) -> None:
    assert cases("tuning")
    assert load_part("held_out", folder=tmp_path) == ()


@pytest.mark.parametrize("part", PRESENT)
def test_every_row_stands_in_its_text_in_order(part: Part) -> None:
    for case in cases(part):
        for claim, place in zip(case.claims, case.places, strict=True):
            assert case.text[place.start : place.end] == claim.printed


def test_cells_and_targets_are_those_of_the_form() -> None:
    for case in every_case():
        known = {a for t in form_of(case).tables for a in t.addresses()}
        assert known.issuperset(case.cells), case.id
        for claim in case.claims:
            for target in claim.target:
                for address in addresses(target or ""):
                    assert expand(address, form_of(case)), (case.id, address)


def test_the_form_is_that_of_the_year() -> None:
    assert all(form_of(c).covers(c.year) for c in every_case())


def test_tables_are_balanced_unless_a_cell_is_no_number() -> None:
    for case in every_case():
        held = figures(case.id)
        for column in ("natural_person", "total"):
            cells = [
                held.get(f"requests/{row}/{column}")
                for row in ("new_received", "carried_over_in", "total", "carried_over_out")
            ]
            if None not in cells:
                received, before, done, after = (c or 0 for c in cells)
                assert received + before == done + after, case.id


@pytest.mark.parametrize("part", PRESENT)
def test_a_supported_figure_is_what_one_of_its_targets_gives(part: Part) -> None:
    for case in cases(part):
        for claim in case.claims:
            targets = judged_targets(claim)
            if claim.verdict != ("supported",) or not targets or len(targets) < len(claim.target):
                continue
            held = figures(case.id)
            found = [value_of(t, held, form=form_of(case)) for t in targets]
            assert any(agrees(claim, v) for v in found) or in_time(case, claim), (case.id, claim)


@pytest.mark.parametrize("part", PRESENT)
def test_a_refuted_figure_is_what_none_of_its_targets_gives(part: Part) -> None:
    for case in cases(part):
        for claim in case.claims:
            # growth may be refuted for its direction alone
            if claim.verdict != ("refuted",) or claim.kind == "growth_rate":
                continue
            # a share of a wrong part is right arithmetic: only the cells count
            targets = [
                t for t in judged_targets(claim) if not (SHARE in t and TEXT in claim.target)
            ]
            found = [value_of(t, figures(case.id), form=form_of(case)) for t in targets]
            assert not any(agrees(claim, v) and v >= 0 for v in found), (case.id, claim)


def in_time(case: LabelledCase, claim: LabelledClaim) -> bool:
    """均在法定期限内: what is carried over must not exceed what came in."""
    held = figures(case.id)
    out = held["requests/carried_over_out/total"]
    words = re.search(r"期限|时限|按期|按时", case.text)
    return bool(words) and claim.kind == "quantifier" and out <= held["requests/new_received/total"]


def test_a_figure_without_target_is_never_supported_by_a_cell() -> None:
    for case, claim in every_claim():
        if claim.target == (None,):
            assert claim.verdict == ("not_enough_info",), (case.id, claim)


def test_values_of_plain_figures_are_those_printed() -> None:
    plain = re.compile(r"[\d,]+(\.\d+)?%?", re.ASCII)
    for case, claim in every_claim():
        if plain.fullmatch(claim.printed) and claim.value is not None:
            printed = Decimal(claim.printed.replace(",", "").rstrip("%"))
            assert Decimal(claim.value) == printed, (case.id, claim)


def test_a_planted_fault_is_seen_in_a_row_or_needs_none() -> None:
    without_row = {"A106", "A107", "A108", "N104", "N105", "N106", "A101"}
    for case in every_case():
        required = [e for e in case.expected if not e.optional]
        if required and not any("refuted" in c.verdict for c in case.claims):
            assert all(without_row.intersection(e.rules) for e in required), case.id


def test_a_refuted_row_has_a_rule_that_says_so() -> None:
    for case, claim in every_claim():
        if claim.verdict == ("refuted",):
            assert case.planted, case.id


def test_no_sentence_is_in_both_parts() -> None:
    tuning, held_out = ({s for c in cases(p) for s in sentences(c.text)} for p in PARTS)
    assert not tuning & held_out


def sentences(text: str) -> Iterator[str]:
    """Sentences of a text with figures masked; those of a few characters are no sentences."""
    for sentence in re.split(r"[。；！？\n]", unicodedata.normalize("NFKC", text)):
        masked = NUMERAL.sub("#", re.sub(r"\s", "", sentence))
        if len(masked) >= 6:
            yield masked


def test_an_unknown_key_is_refused() -> None:
    data = next(every_case()).model_dump()
    with pytest.raises(ValidationError, match="verdict_of_model"):
        LabelledCase.model_validate({**data, "verdict_of_model": "supported"})


def test_a_row_that_is_not_in_the_text_is_told() -> None:
    case = next(c for c in every_case() if c.claims)
    claim = case.claims[0].model_copy(update={"printed": "987654"})
    with pytest.raises(ValueError, match="987654"):
        _ = LabelledCase.model_validate({**case.model_dump(), "claims": (claim,)}).places
