"""Makes evidence of what code knows, gives each an id, and remembers what was given to a model.

Brackets of a report are replaced, so that nothing in it can look like an id of ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from checker.answers.cells import told_value, unit_of
from checker.answers.findings import tell_finding
from checker.answers.ledger import VERDICTS
from checker.answers.library import Article, Library
from checker.answers.model.memory import Memory, Source
from checker.answers.model.words import ChatWords
from checker.answers.overview import tell_verdict, verdict_words
from checker.answers.types import Answer, Citation
from checker.answers.view import View, clauses
from checker.answers.whatif import WhatIf, tell_what_if
from checker.answers.wording import ordinal
from checker.checks.blame import cells_of
from checker.checks.operands import number
from checker.domain.claim import Claim
from checker.domain.locator import Locator
from checker.domain.run import RuleOutcome
from checker.llm.chat import Evidence

_LONGEST: Final = 900
_BRACKETS: Final = str.maketrans("[]【】［］", "〔〕〔〕〔〕")
_OUTCOMES: Final = {
    "pass": "本报告核对过，没有发现问题",
    "fail": "本报告不符合",
    "review": "本报告要人工核对",
    "not_applicable": "不适用于本报告",
    "not_judged": "本报告没有判定",
}


def plain(text: str) -> str:
    """A text on one line, without anything that could be taken for a citation."""
    return " ".join(text.translate(_BRACKETS).split())


@dataclass
class Shelf:
    """The evidence of one conversation.

    Attributes:
        given: sources by id, in the order in which they were given to the model.
    """

    view: View
    library: Library
    words: ChatWords
    memory: Memory
    given: dict[str, Source] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.last = dict(self.memory.last)
        for source in self.memory.sources:
            self.given[source.evidence.id] = source
            self._keys[source.key] = source.evidence.id

    def evidence(self, ids: Iterable[str]) -> tuple[Evidence, ...]:
        """What was given under these ids."""
        return tuple(self.given[i].evidence for i in ids)

    def _put(  # noqa: PLR0913 - the parts of an evidence
        self,
        kind: str,
        key: str,
        text: str,
        citation: Citation,
        *,
        cells: tuple[str, ...] = (),
        licence: str = "",
        whole: bool = False,
        frame: tuple[str, ...] = (),
        named: str | None = None,
        norm: bool = False,
    ) -> Evidence:
        """Evidence under the id it had before, or a new one."""
        found = self._keys.get(f"{kind}:{key}")
        if found is not None:
            return self.given[found].evidence
        if named is None:
            self.last[kind] = self.last.get(kind, 0) + 1
        made = Evidence(
            id=f"{kind}{self.last[kind] if named is None else named}",
            text=plain(text)[:_LONGEST],
            license=licence,
            whole=whole,
            frame=frame,
            norm=norm,
        )
        source = Source(evidence=made, citation=citation, cells=cells, key=f"{kind}:{key}")
        self.given[made.id] = source
        self._keys[source.key] = made.id
        return made

    def verdict(self) -> Evidence:
        """Whether the report passes; only this speaks for the whole report."""
        passes = self.view.run.verdict == "pass"
        told = tell_verdict(self.view)
        return self._put(
            "结论", "", told.text, Citation(),
            licence=verdict_words(self.view) if passes else "", whole=True, named="",
        )  # fmt: skip

    def finding(self, number_: int) -> Evidence:
        """A finding with all that belongs to it."""
        finding = self.view.finding(number_)
        told = tell_finding(self.view, self.library, number=number_, aspects=())
        rule = self.library.rules.get(finding.rule)
        exceptions = "；".join(e.rstrip("。") for e in rule.exceptions) if rule else ""
        tail = f" 规则写明的例外：{exceptions}。" if exceptions else ""
        citation = Citation(finding=number_, rule=finding.rule)
        return self._put(
            "问题", str(number_), f"{told.text}{tail}", citation,
            cells=cells_of(finding), named=str(number_),
        )  # fmt: skip

    def cell(self, address: str) -> Evidence:
        """What a cell holds and which findings are about it."""
        value = told_value(self.view.value(address), unit=unit_of(self.view, address))
        touched = self.view.about_cells((address,))
        about = f"，涉及第{'、'.join(map(str, touched))}条问题" if touched else ""
        text = f"{self.view.label(address)}{value}{about}。"
        return self._put("格", address, text, self.view.cite_cell(address), cells=(address,))

    def claim(self, claim: Claim) -> Evidence:
        """A figure of the narrative and what became of it."""
        verdict = VERDICTS[claim.verdict]
        text = f"正文“{''.join(claim.quote.split())}”：{verdict}。{claim.reason}"
        cells = tuple(dict.fromkeys(a for k in claim.checks for a in k.cells))
        citation = Citation(quote=claim.quote, locator=claim.locator)
        key = f"{claim.figure.start}-{claim.figure.end}-{claim.kind}"
        right = verdict if claim.verdict == "supported" else ""
        return self._put("核对", key, text, citation, cells=cells, licence=right)

    def passage(self, text: str, locator: Locator) -> Evidence:
        """A sentence of the report."""
        citation = Citation(quote=text, locator=locator)
        return self._put("句", f"{locator.start}-{locator.end}", f"报告原文：“{text}”", citation)

    def rule(self, rule_id: str) -> Evidence:
        """A rule and what became of it in this report."""
        rule = self.library.rules[rule_id]
        outcome = next((o for o in self.view.run.outcomes if o.rule == rule_id), None)
        fared = _fared(outcome) if outcome else "本报告没有用到"
        exceptions = "；".join(e.rstrip("。") for e in rule.exceptions) or "没有"
        own = [b for b in rule.basis if not b.forms or self.view.form.id in b.forms]
        text = (
            f"规则{rule_id}：{rule.title}。理由：{rule.why} 依据：{clauses(own)}。"
            f"例外：{exceptions}。{fared}。"
        )
        passed = outcome is not None and outcome.status == "pass"
        return self._put(
            "规则", rule_id, text, Citation(rule=rule_id), named=rule_id,
            licence=fared if passed else "", norm=True,
        )  # fmt: skip

    def article(self, article: Article, main_law: str) -> Evidence:
        """An article in our own summary."""
        source = article.source if article.source.endswith("号") else f"《{article.source}》"
        text = f"{source}{article.clause}（摘要）：{article.text}"
        citation = Citation(article=f"{article.source} {article.clause}")
        clause = ordinal(article.clause.removeprefix("第").removesuffix("条"))
        main = article.source == main_law and clause is not None
        return self._put(
            "条例" if main else "文件", f"{article.source}{article.clause}", text, citation,
            named=str(clause) if main else None,
            norm=True,
        )  # fmt: skip

    def supposed(self, found: WhatIf) -> Evidence:
        """What becomes of the report under a supposition."""
        told = tell_what_if(self.view, found)
        cells = tuple(c.cell for c in found.changes if c.cell)
        key = ";".join(f"{c.key}={c.printed}" for c in found.changes)
        after = View(found.after, self.view.form, self.view.forms)
        right = verdict_words(after) if found.after.verdict == "pass" else ""
        return self._put(
            "假设", key, told.text, Citation(), cells=cells, licence=right, whole=True,
            frame=self.words.suppose,
        )  # fmt: skip

    def total(self, plus: tuple[str, ...], minus: tuple[str, ...]) -> Evidence | None:
        """The sum of cells less others, computed here; None when one of them has no figure."""
        values = {a: v.value for a in (*plus, *minus) if (v := self.view.value(a))}
        known = {a: v for a, v in values.items() if v is not None}
        if len(known) < len({*plus, *minus}):
            return None
        total = sum(known[a] for a in plus) - sum(known[a] for a in minus)
        terms = "＋".join(f"{self.view.label(a)}{number(known[a])}" for a in plus)
        terms += "".join(f"－{self.view.label(a)}{number(known[a])}" for a in minus)
        key = f"{'+'.join(plus)}-{'-'.join(minus)}"
        text = f"{terms}＝{number(total)}。"
        return self._put("算", key, text, Citation(), cells=(*plus, *minus))

    def answer(self, question: str, found: Answer) -> Evidence:
        """What the embedded answerer says."""
        citation = found.citations[0] if found.citations else Citation()
        frame = self.words.suppose if found.kind == "supposed" else ()
        return self._put("答", question, found.text, citation, cells=found.highlight, frame=frame)

    def open_point(self, text: str, citation: Citation) -> Evidence:
        """Something that was not checked or may have been misread."""
        return self._put("未核", text, text, citation)


def _fared(outcome: RuleOutcome) -> str:
    reason = outcome.reason.rstrip("。") if outcome.status != "pass" else ""
    return f"{_OUTCOMES[outcome.status]}{f'：{reason}' if reason else ''}"
