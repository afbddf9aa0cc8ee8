"""Which cells a subject speaks of, and what they hold. Never judges a figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from checker.assemble.money_unit import printed_unit
from checker.claims.subjects import APPEALS, DECISIONS, DOCUMENTS, ORGANIZATIONS, Subject
from checker.domain.report import AnnualReport, ReportCell, TableId
from checker.rulebook import FormSpec, TableSpec

_APPEAL_ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "reconsideration": ("reconsideration",),
    "litigation": ("litigation_direct", "litigation_after_reconsideration"),
    "litigation_direct": ("litigation_direct",),
    "litigation_after_reconsideration": ("litigation_after_reconsideration",),
}
# What 收到 or 办理 may mean: the first is meant when none fits (DOMAIN 10, 1–4).
_STAGE_ROWS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "received": (("new_received",), ("new_received", "carried_over_in")),
    "handled": (("new_received", "carried_over_in"), ("total",), ("new_received",)),
    "carried": (("carried_over_out",), ("carried_over_in",)),
    "postponed": (("carried_over_out",),),
    "due": (("new_received", "carried_over_in"),),
    "closed": (("total",),),
    "answered": (("total",),),
    "granted_or_partially": (("granted", "partially_granted"),),
    "granted_any": (("granted",), ("granted", "partially_granted")),
    "denied": (("denied.*",),),
    "denied_any": (
        ("denied.*", "unavailable.*", "declined.*", "other.*"),
        ("denied.*", "unavailable.*", "declined.*"),
        ("denied.*", "unavailable.*"),
        ("denied.*",),
    ),
    "unavailable": (("unavailable.*",),),
    "declined": (("declined.*",),),
    "other": (("other.*",),),
    "not_held_part": (("unavailable.not_held",),),
    "third_party_part": (("denied.third_party_rights",),),
}
# What the columns of 规章 and 规范性文件 are called in speech; a form has some of them.
_ACTION_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "issued": ("issued", "made"),
    "amended": ("issued", "made"),
    "repealed": ("repealed",),
    "in_force": ("in_force",),
    "published": ("published", "published_total"),
    "published_total": ("published_total",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Cells whose sum a statement speaks of.

    Attributes:
        expression: as in the machine interface, e.g. ``requests/denied.*/total``.
        addresses: all single cells.
        label: in Chinese, for the user.
    """

    expression: str
    addresses: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What the cells of a target hold; ``value`` is None when a cell has no number."""

    value: Decimal | None
    terms: tuple[Decimal, ...] = ()
    missing: str = ""


def _outcomes(subject: Subject) -> tuple[str, ...]:
    """Columns of table 四; what is 审结 is all that is not pending."""
    if subject.outcome is not None:
        return (subject.outcome,)
    return ("upheld", "corrected", "other") if "closed" in subject.stages else ("total",)


def _applicant_columns(subject: Subject) -> Iterator[tuple[str, ...]]:
    """The columns of an applicant; 其他组织 may be all organisations not named apart."""
    rest = tuple(c for c in ORGANIZATIONS if c not in subject.named_apart)
    if subject.with_applicants:
        yield subject.with_applicants
        if subject.applicant == "organizations" and subject.named_apart:
            yield rest  # 企业19件，另外9件来自公益组织、律师事务所等
        if subject.applicant in ("organizations", "other_organization"):
            yield ORGANIZATIONS  # 企业、律所等12件, 企业和其他组织126件
        if subject.applicant == "citizen":
            yield ("total",)  # 群众和企业申请66件: anybody
        return
    if subject.applicant is None:
        yield ("total",)
        return
    if subject.applicant == "citizen":  # 收到公民申请36件: anybody who applied, or 自然人
        yield ("total",)
        yield ("natural_person",)
        return
    yield ORGANIZATIONS if subject.applicant == "organizations" else (subject.applicant,)
    named = subject.applicant == "other_organization" and subject.named_apart
    if named and len(rest) > 1:
        yield rest


class Tables:
    """The cells of a report, asked by subject.

    Args:
        report: the report.
        form: the form it is judged by.
        forms: all forms by id; tables of one report may carry different labels.
    """

    def __init__(self, report: AnnualReport, form: FormSpec, forms: Mapping[str, FormSpec]) -> None:
        self._report = report
        self._form = form
        self._forms = forms
        self._cells: dict[str, ReportCell] = {
            a: c for t in report.tables for a, c in t.by_address.items()
        }

    @property
    def of_government(self) -> bool:
        """Whether the report is that of a government or of a township, whose tables cover all."""
        identity = self._report.identity
        named = (identity.agency or "").endswith("人民政府")
        return named or identity.kind_of_body == "government" or identity.level == "township"

    def readings(self, subject: Subject) -> tuple[Target, ...]:
        """The targets a subject may mean, the likeliest first; empty when no cell holds it."""
        topic = subject.topic
        if subject.channel and topic == "requests":
            return ()
        if topic == "requests":
            return tuple(self._requests(subject))
        if topic in APPEALS:
            told = (subject.topics, subject.or_topics) if subject.or_topics else (subject.topics,)
            return tuple(self.appeals(t, *_outcomes(subject)) for t in told)
        if topic in DOCUMENTS:
            return tuple(self._documents(subject))
        if topic in DECISIONS:
            rows = [t for t in subject.topics if self._has("proactive", t, "decisions")]
            return (self._sum("proactive", rows, ("decisions",)),) if rows else ()
        return ()

    def money(self, topic: str) -> tuple[Target, ...]:
        """The cell of an amount of money."""
        return self._single("proactive", topic, "amount")

    def items(self, topic: str, *, prior: bool) -> tuple[Target, ...]:
        """The number of 事项 in the form that has it: last year's, or with this year's change."""
        if not self._has("proactive", topic, "prior_items"):
            return ()
        last = self._sum("proactive", (topic,), ("prior_items",))
        now = self._sum("proactive", (topic,), ("prior_items", "change"))
        return (last,) if prior else (now, last)

    def change_of_items(self, topic: str) -> Target:
        """本年增/减 of the number of 事项."""
        return self._sum("proactive", (topic,), ("change",))

    def projects(self) -> tuple[Target, ...]:
        """The number of procurement projects, in the form that has it."""
        return self._single("proactive", "procurement", "projects")

    def requests(self, rows: Sequence[str], columns: Sequence[str] = ("total",)) -> Target:
        """A sum of cells of table 三; ``group.*`` stands for all rows of a group."""
        return self._sum("requests", rows, columns)

    def appeals(self, topics: Sequence[str], *outcomes: str) -> Target:
        """A sum of cells of table 四 for one or several kinds of cases."""
        wanted = dict.fromkeys(r for t in topics for r in _APPEAL_ROWS[t])
        return self._sum("appeals", tuple(wanted), outcomes)

    def _requests(self, subject: Subject) -> Iterator[Target]:
        if subject.said_of is not None:
            yield from self._requests(replace(subject, applicant=subject.said_of, said_of=None))
        for columns in _applicant_columns(subject):
            yield from self._request_rows(subject, columns)

    def _request_rows(self, subject: Subject, columns: tuple[str, ...]) -> Iterator[Target]:
        if "carried" in subject.stages and set(subject.stages) & {"received", "new_received"}:
            # 新收和结转共56件: more likely last year's, but nothing says it
            for carried in ("carried_over_in", "carried_over_out"):
                yield self.requests(("new_received", carried), columns)
            return
        if len(subject.stages) > 1:
            rows = dict.fromkeys(r for s in subject.stages for r in _STAGE_ROWS.get(s, ((s,),))[0])
            yield self.requests(tuple(rows), columns)
            return
        stage = subject.stages[0] if subject.stages else "received"
        if "." in stage and self._spec("requests").row(stage) is None:
            return
        if subject.with_carry and stage in ("received", "handled", "due"):
            yield self.requests(("new_received", "carried_over_in"), columns)
            return
        for rows_of in _STAGE_ROWS.get(stage, ((stage,),)):
            yield self.requests(rows_of, columns)

    def _documents(self, subject: Subject) -> Iterator[Target]:
        actions = (subject.action,) if subject.action else ("issued", "in_force", "published")
        spec = self._spec("proactive")
        for action in actions:
            for column in _ACTION_COLUMNS.get(action, ()):
                rows = [t for t in subject.topics if self._has(spec.id, t, column)]
                if rows:
                    yield self._sum("proactive", rows, (column,))

    def _single(self, table: TableId, row: str, column: str) -> tuple[Target, ...]:
        return (self._sum(table, (row,), (column,)),) if self._has(table, row, column) else ()

    def _has(self, table: TableId, row: str, column: str) -> bool:
        block = self._spec(table).block_of(row)
        return block is not None and column in block.columns

    def _spec(self, table: TableId) -> TableSpec:
        found = self._report.table(table)
        form = self._forms.get(found.form, self._form) if found else self._form
        return form.table(table)

    def _sum(self, table: TableId, rows: Sequence[str], columns: Sequence[str]) -> Target:
        names: list[str] = []
        addresses: list[str] = []
        labels: list[str] = []
        for row in rows:
            for column in columns:
                name, cells, label = self._term(table, row, column)
                names.append(name)
                addresses.extend(cells)
                labels.append(label)
        label = labels[0] if len(labels) == 1 else self._joint_label(table, rows, columns)
        return Target(expression=" + ".join(names), addresses=tuple(addresses), label=label)

    def _joint_label(self, table: TableId, rows: Sequence[str], columns: Sequence[str]) -> str:
        """Several rows or columns in one breath."""
        spec = self._spec(table)
        row_names = "".join(f"“{spec.line_name(r.removesuffix('.*'))}”" for r in rows)
        if tuple(columns) == ORGANIZATIONS:
            names = "法人或其他组织五"
        else:
            names = "".join(f"“{c.name if (c := spec.column(i)) else i}”" for i in columns)
        return f"表{spec.ordinal}{row_names}行{names}列合计"

    def _term(self, table: TableId, row: str, column: str) -> tuple[str, tuple[str, ...], str]:
        spec = self._spec(table)
        if not row.endswith(".*"):
            return (
                f"{table}/{row}/{column}",
                (f"{table}/{row}/{column}",),
                spec.cell_label(row, column),
            )
        group = row.removesuffix(".*")
        leaves = tuple(r.id for r in spec.rows if r.id.startswith(f"{group}."))
        single = f"{table}/{group}/{column}"
        printed_alone = single in self._cells and not any(
            f"{table}/{leaf}/{column}" in self._cells for leaf in leaves
        )
        if not leaves or printed_alone:
            return single, (single,), spec.cell_label(group, column)
        label = spec.cell_label(group, column)
        cells = tuple(f"{table}/{leaf}/{column}" for leaf in leaves)
        return f"{table}/{row}/{column}", cells, f"{label}（{len(cells)}行合计）"

    def holding(self, target: Target) -> Holding:
        """The sum of the cells, or why there is none."""
        terms: list[Decimal] = []
        for address in target.addresses:
            cell = self._cells.get(address)
            if cell is None or cell.value.value is None:
                return Holding(value=None, missing=address)
            terms.append(cell.value.value)
        return Holding(value=sum(terms, Decimal(0)), terms=tuple(terms))

    def value(self, address: str) -> Decimal | None:
        """What one cell holds; None when it has no number."""
        cell = self._cells.get(address)
        return cell.value.value if cell else None

    def amount(self, target: Target) -> str:
        """The amount of money of a single cell as printed with its unit; empty for others."""
        cell = self._cells.get(target.expression)
        return cell.value.amount if cell else ""

    def printed_unit(self, target: Target) -> str:
        """The unit of the amounts of a target, as printed where they stand; empty for none."""
        table = self._report.table("proactive")
        cells = [self._cells[a] for a in target.addresses if a in self._cells]
        document = self._report.document
        units = {printed_unit(c, table, document) for c in cells} if table else set()
        return units.pop() if len(units) == 1 else "元"

    def label(self, address: str) -> str:
        """One cell in official Chinese labels."""
        table, row, column = address.split("/")
        spec = self._form.table(table)
        return spec.cell_label(row, column)
