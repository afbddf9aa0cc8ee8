"""The labelled sentences of ``eval/suites/ledger``: what every figure of a text must come to.

Labels are data written by hand; this module only reads them and builds the report around them.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from checker.domain.base import Frozen
from checker.domain.claim import Approximation, ClaimKind, ClaimVerdict, Scope
from checker.domain.report import SectionId
from checker.rulebook.loader import read_yaml
from eval.builders import clean_report
from eval.report_plan import ReportPlan

FOLDER = Path(__file__).parent / "suites" / "ledger"
PARTS: tuple["Part", ...] = ("tuning", "held_out")

Part = Literal["tuning", "held_out"]

# Sections of which a case says nothing carry prose without any figure or absence.
_NEUTRAL: dict[SectionId, str] = {
    "overview": "本单位按照条例要求做好政府信息公开工作，公开渠道畅通，管理制度健全。",
    "problems": "个别栏目更新不够及时，下一步将加强日常检查。",
    "other_matters": "信息处理费按照国家规定执行。",
}
_YUAN = r"\s*元"


def _one_or_more(value: object) -> object:
    return tuple(value) if isinstance(value, list) else (value,)


class LabelledClaim(Frozen):
    """One row that the ledger must have.

    Attributes:
        target: the expressions that are right, None for "nothing holds it", ``any`` where the
            label does not judge it.
        verdict: the verdicts that are right; several only where law and form leave it open.
        after: the place of ``printed`` is looked for behind this piece of the text.
        optional: the row may be there or not.
    """

    printed: str = Field(min_length=1)
    value: Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")] | None
    unit: str | None
    kind: ClaimKind
    target: Annotated[tuple[str | None, ...], BeforeValidator(_one_or_more)]
    verdict: Annotated[tuple[ClaimVerdict, ...], BeforeValidator(_one_or_more)]
    approximation: Approximation = "exact"
    scope: Scope = "own"
    after: str = ""
    optional: bool = False

    @property
    def is_word(self) -> bool:
        """An absence or a universal told in words, not in a numeral."""
        return self.kind in ("absence", "quantifier") and not re.search(r"[0-9０-９]", self.printed)


class ExpectedFinding(NamedTuple):
    """A rule that must speak, or one of several; or one that may."""

    rules: tuple[str, ...]
    optional: bool


class Span(NamedTuple):
    """A place in the text of a case."""

    start: int
    end: int


class LabelledCase(Frozen):
    """A text in one section of one report, and everything the ledger has to make of it.

    Attributes:
        types: numbers of claim types, or words: ``numeral``, ``guard``, ``non_claim``, ``w7`` for
            a wording and ``x3`` for a trap of the list of patterns.
        findings: ``N101``; ``N101|N102`` where either is right; ``A101?`` where it may be silent.
    """

    id: str = Field(pattern=r"^[a-z]\d{3}$")
    types: tuple[int | str, ...] = Field(min_length=1)
    form: Literal["2019", "2021"]
    year: int
    body: str
    base: Literal["all_zero"]
    cells: dict[str, str]
    section: SectionId
    text: str = Field(min_length=1)
    claims: tuple[LabelledClaim, ...]
    findings: tuple[Annotated[str, Field(pattern=r"^[NA]\d{3}(\|[NA]\d{3})*\??$")], ...]

    @cached_property
    def expected(self) -> tuple[ExpectedFinding, ...]:
        """The findings, taken apart."""
        return tuple(
            ExpectedFinding(tuple(f.rstrip("?").split("|")), f.endswith("?")) for f in self.findings
        )

    @property
    def must_not_fire(self) -> bool:
        """Nothing is wrong: no rule may speak and no statement is refuted."""
        return not self.findings and all("refuted" not in c.verdict for c in self.claims)

    @property
    def planted(self) -> bool:
        """Something is wrong, and a rule must say so."""
        return any(not f.optional for f in self.expected)

    @cached_property
    def places(self) -> tuple[Span, ...]:
        """Where the rows stand in the text, one for each claim.

        Raises:
            ValueError: a row is not in the text, or not in this order.
        """
        found: list[Span] = []
        for claim in self.claims:
            found.append(_place(self, claim, found[-1].end if found else 0))
        return tuple(found)

    def plan(self) -> ReportPlan:
        """The report around the text."""
        made = clean_report(self.form, body=self.body, year=self.year, base=self.base)
        for address, printed in self.cells.items():
            made.set_cell(address, printed)
        for section, words in _NEUTRAL.items():
            made.set_section(section, words)
        if self.section == "introduction":
            made.introduction = self.text.splitlines()
        else:
            made.set_section(self.section, self.text)
        return made


class Suite(BaseModel):
    """One part: the one that was tuned on, or the one that was not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    suite: Literal["ledger"]
    part: Part
    cases: tuple[LabelledCase, ...]


def load_suite(path: Path) -> tuple[LabelledCase, ...]:
    """Read one file of cases.

    Raises:
        RuleFormatError: not there, or no valid YAML.
        pydantic.ValidationError: a key is unknown or missing, or a value is of the wrong type.
    """
    return Suite.model_validate(read_yaml(path, path.name)).cases


def load_part(part: Part, *, folder: Path = FOLDER) -> tuple[LabelledCase, ...]:
    """The cases of one part, a file for each hand that wrote some; none when no file is there."""
    return tuple(c for f in sorted(folder.glob(f"{part}*.yaml")) for c in load_suite(f))


def _place(case: LabelledCase, claim: LabelledClaim, start: int) -> Span:
    text = case.text
    if claim.after:
        start = text.index(claim.after, start) + len(claim.after)
    match = re.compile(_pattern(claim)).search(text, start)
    if match is None:
        raise ValueError(f"{case.id}：“{claim.printed}”不在其后的文字“{text[start:]}”里")
    return Span(match.start(), match.start() + len(claim.printed))


def _pattern(claim: LabelledClaim) -> str:
    """The numeral with no other figure around it and its counting word behind it."""
    printed = re.escape(claim.printed)
    if claim.is_word:
        return printed
    if claim.unit == "percent":
        tail = ""
    elif claim.unit == "yuan":
        tail = f"(?={_YUAN})"
    elif claim.unit is None:
        tail = "(?![0-9０-９])"
    else:
        tail = rf"(?=\s*{re.escape(claim.unit)})"
    return f"(?<![0-9０-９.．〇一二两三四五六七八九十百千万亿]){printed}{tail}"


def types_of(cases: Sequence[LabelledCase]) -> frozenset[int | str]:
    """Everything that the cases cover."""
    return frozenset(t for c in cases for t in c.types)
