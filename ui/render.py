"""Turns a session into the HTML of the page.

Every word of a report is escaped; nothing of it becomes markup, a link or an image.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from typing import Final
from urllib.parse import urlsplit

from checker.answers import Answer, Citation
from checker.checks.blame import blamed_cells
from checker.checks.discreet import discreet_run
from checker.domain.finding import Doubt
from checker.domain.run import CheckRun
from checker.output import phrases
from checker.output.html import cell_marks, finding_numbers, html_table
from checker.output.html_ledger import html_ledger
from checker.output.labels import EMPTY_FORM, OUTCOMES, SEVERITIES, TABLES, VERDICTS
from checker.output.phrases import Numbered, one_line, visible
from checker.pipeline import MODEL_STAGE, STAGES
from ui import strings
from ui.session import Exchange, Loaded, Session

_MOST_SHOWN: Final = 6
_FINDING_CITED: Final = re.compile(r"\[问题(\d+)\]")


def _empty(sentence: str) -> str:
    return f'<p class="xg-empty">{escape(sentence)}</p>'


def progress(stage: str, message: str, *, model: bool = False, failed: Sequence[str] = ()) -> str:
    """The stages with the present one marked, and a sentence; read out by screen readers.

    Args:
        stage: the present one; empty shows none.
        message: what is said below them.
        model: whether a language model has a stage of its own.
        failed: what is said of the files that could not be checked.
    """
    items = ""
    stages = (*STAGES[:-1], MODEL_STAGE, STAGES[-1]) if model else STAGES
    if stage in stages:
        at = stages.index(stage)
        for index, name in enumerate(stages):
            done = index < at or stage == stages[-1]
            state = "xg-done" if done else "xg-now" if index == at else "xg-later"
            current = ' aria-current="step"' if index == at else ""
            items += f'<li class="{state}"{current}>{name}</li>'
    steps = f'<ol class="xg-steps">{items}</ol>' if items else ""
    said = f"<p>{escape(message)}</p>" if message else ""
    told = f"{steps}{said}{_failed(failed)}"
    return f'<div class="xg-progress" role="status" aria-live="polite">{told}</div>'


def _failed(sentences: Sequence[str]) -> str:
    """A line for each file that could not be checked, with its reason."""
    lines = "".join(f"<p>{escape(visible(s))}</p>" for s in sentences)
    return f'<div class="xg-failed">{lines}</div>' if lines else ""


def finished(
    session: Session, message: str, *, warning: bool = False, failed: Sequence[str] = ()
) -> str:
    """The last message; the stages all done when the newest file was checked.

    Args:
        session: as it is now.
        message: the last one.
        warning: it must not be overlooked.
        failed: what is said of every file of the upload that could not be checked.
    """
    newest = session.files[-1] if session.files else None
    if failed or warning:
        loud = [*failed, message] if warning else failed
        said = "" if message in loud else f"<p>{escape(visible(message))}</p>"
        return f'<div class="xg-progress" role="alert">{said}{_failed(loud)}</div>'
    model = newest is not None and newest.run is not None and newest.run.model.status == "used"
    return progress(STAGES[-1] if newest else "", message, model=model)


def choice(file: Loaded) -> str:
    """A report in the list of reports, with its verdict, so that many are seen in one look."""
    told = VERDICTS[file.run.verdict] if file.run else strings.NOT_CHECKED
    return f"{file.key}. {one_line(file.name)}（{told}）"


def verdict(session: Session) -> str:
    """The overall verdict in one look, with whose report it is."""
    shown = session.shown
    if shown is None:
        return _empty(strings.NO_REPORT)
    if shown.run is None:
        return (
            f'<div class="xg-verdict xg-none" data-report="{shown.key}">'
            f"<strong>{strings.NOT_CHECKED}</strong><p>{escape(visible(shown.failure))}</p></div>"
        )
    run = shown.run
    identity = escape(phrases.identity_line(run.report.identity))
    empty = f"<p>{EMPTY_FORM}</p>" if run.report.empty_form else ""
    return (
        f'<div class="xg-verdict xg-{run.verdict}" data-report="{shown.key}">'
        f"<strong>{VERDICTS[run.verdict]}</strong>"
        f"<span>{escape(phrases.counts_line(run))}</span><p>{identity}</p>{empty}</div>"
    )


def _run(session: Session) -> CheckRun | None:
    """The report that is shown, as people may read it."""
    return discreet_run(session.run) if session.run else None


def findings(session: Session) -> str:
    """Findings by severity as cards; the numbers are those of the answers."""
    run = _run(session)
    if run is None:
        return ""
    parts = []
    groups = phrases.grouped(run)
    for group in groups:
        own = [item for item in group.findings if item.finding.judged_by == "code"]
        name = SEVERITIES[group.severity]
        parts += [f'<h3 class="xg-group">{name}（{len(own)}）</h3>'] if own else []
        parts += [_card(run, item) for item in own]
    parts = parts or [_empty(strings.NO_FINDINGS)]
    raised = [i for g in groups for i in g.findings if i.finding.judged_by == "model"]
    return f'<div class="xg-findings">{"".join(parts)}{_raised(run, raised)}</div>'


def _raised(run: CheckRun, items: Sequence[Numbered]) -> str:
    """What a language model points out, apart from what the code found; and what it took."""
    head = ""
    if items:
        title = strings.MODEL_GROUP.format(count=len(items))
        head = f'<h3 class="xg-group">{title}</h3><p class="xg-hint">{strings.MODEL_GROUP_HINT}</p>'
    cards = "".join(_card(run, item) for item in sorted(items, key=lambda i: i.number))
    return f"{head}{cards}{_model_line(run)}"


def _model_line(run: CheckRun) -> str:
    """One line on the language model: where, how much, and what did not work."""
    part, usage = run.model, run.model.usage
    told = ""
    if part.status == "used" and part.use is not None:
        told = strings.MODEL_USED.format(
            model=part.use.model,
            host=urlsplit(part.base_url).netloc,
            requests=usage.requests,
            tokens=usage.prompt_tokens + usage.completion_tokens,
            cost=_cost(usage.cost),
        )
    elif part.status == "failed":
        told = strings.MODEL_FAILED
    told += "".join(p.message for p in run.problems if p.stage == "llm")
    return f'<p class="xg-hint">{escape(one_line(told))}</p>' if told else ""


def _card(run: CheckRun, item: Numbered) -> str:
    finding = item.finding
    cells = blamed_cells(finding)
    rows = [
        ("位置", "".join(_place(p.text, p.quote) for p in phrases.places(run, finding))),
        ("怎么改", escape(one_line(finding.fix_hint))),
        ("依据", escape(one_line(phrases.basis_line(finding)))),
    ]
    # Several ways to repair stand in the message already; the one likely cell is worth bold type.
    ways = phrases.repair_lines(finding)
    repairs = f'<p class="xg-repair">{escape(one_line(ways[0]))}</p>' if len(ways) == 1 else ""
    by_model = finding.judged_by == "model"
    raised = f'<span class="xg-tag">{strings.MODEL_TAG}</span> ' if by_model else ""
    listed = "".join(f"<dt>{label}</dt><dd>{html}</dd>" for label, html in rows if html)
    return (
        f'<article class="xg-card xg-{"raised" if by_model else finding.severity}"'
        f' id="finding-{item.number}"'
        f"{_pointing(cells)}>"
        f'<h4><span class="xg-number">{item.number}</span>'
        f'<span class="xg-tag">{SEVERITIES[finding.severity]}</span> {raised}'
        f"{escape(one_line(phrases.heading(finding)))}</h4>"
        f"<p>{escape(one_line(finding.message))}</p>{repairs}<dl>{listed}</dl>"
        f"{_show_button(cells, f'第{item.number}条')}</article>"
    )


def _place(text: str, quote: str) -> str:
    quoted = f"<q>{escape(quote)}</q>" if quote else ""
    return f"<div>{escape(one_line(text))}{quoted}</div>"


def _pointing(cells: Sequence[str]) -> str:
    return f' data-cells="{escape(" ".join(cells))}"' if cells else ""


def _show_button(cells: Sequence[str], about: str) -> str:
    if not cells:
        return ""
    label = escape(f"{about}：{strings.SHOW_CELLS}")
    return (
        f'<button type="button" class="xg-show"{_pointing(cells)} aria-label="{label}">'
        f"{strings.SHOW_CELLS}</button>"
    )


def tables(session: Session) -> str:
    """The three tables as read, wrong cells marked and numbered."""
    run = _run(session)
    if run is None:
        return _guide()
    marks = cell_marks(run)
    numbers = finding_numbers(run)
    painted = "".join(html_table(run, t, mark=marks, references=numbers) for t in TABLES)
    return f'<div class="xg-tables"><p class="xg-legend">{strings.LEGEND}</p>{painted}</div>'


def ledger(session: Session) -> str:
    """Every figure and statement of the narrative with its verdict."""
    run = session.run
    return _empty(strings.NO_LEDGER) if run is None else html_ledger(run)


def _guide() -> str:
    steps = "".join(f"<li>{escape(step)}</li>" for step in strings.GUIDE)
    return f'<div class="xg-guide"><h3>{strings.GUIDE_TITLE}</h3><ol>{steps}</ol></div>'


def open_points(session: Session) -> str:
    """What may have been misread and what was not checked."""
    run = _run(session)
    if run is None:
        return _empty(strings.NO_OPEN)
    doubts = "".join(_doubt(d) for d in run.doubts)
    told = f"<ul>{doubts}</ul>" if doubts else _empty(strings.DOUBTS_NONE)
    problems = [one_line(p.message) for p in run.problems]
    undone = f"<h3>程序没有完成的部分</h3>{_list(problems)}" if problems else ""
    return (
        f'<div class="xg-open"><h3>识读存疑</h3>{told}<h3>没有判定的规则</h3>'
        f"{_list(phrases.not_judged_lines(run))}"
        f"{undone}</div>"
    )


def _doubt(doubt: Doubt) -> str:
    cells = doubt.cells or ((doubt.cell,) if doubt.cell else ())
    return f"<li>{escape(phrases.doubt_line(doubt))} {_show_button(cells, '存疑')}</li>"


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else _empty("没有。")


def checked(session: Session) -> str:
    """Every rule with what became of it."""
    run = _run(session)
    if run is None:
        return _empty(strings.NO_CHECKED)
    rows = "".join(
        f'<tr class="xg-{o.status}"><td>{escape(o.rule)}</td><td>{escape(o.title)}</td>'
        f"<td>{OUTCOMES[o.status]}</td><td>{o.tests}</td><td>{escape(one_line(o.reason))}</td></tr>"
        for o in run.outcomes
    )
    head = "".join(f'<th scope="col">{h}</th>' for h in ("规则", "内容", "结果", "比较", "说明"))
    return (
        f'<div class="xg-checked"><p>{escape(phrases.checked_line(run))}</p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def chat(session: Session) -> str:
    """The questions and answers; the newest at the end, with the answer that is still growing."""
    if not session.exchanges and session.asking is None:
        return f'<div class="xg-chat" role="log">{_empty(strings.CHAT_EMPTY)}</div>'
    told = "".join(_exchange(e) for e in session.exchanges)
    growing = _exchange(session.asking, growing=True) if session.asking else ""
    return f'<div class="xg-chat" role="log" aria-live="polite">{told}{growing}</div>'


def _exchange(exchange: Exchange, *, growing: bool = False) -> str:
    found = exchange.answer
    name = f"<small>{escape(one_line(exchange.report))}</small>" if exchange.report else ""
    by_model = found.by == "model"
    who = strings.ANSWERER_MODEL if by_model else strings.ANSWERER
    who = strings.ANSWERER_ASKING if growing else who
    text = escape(visible(found.text))
    text = _FINDING_CITED.sub(r'<a class="xx-ref" href="#finding-\1">[问题\1]</a>', text)
    waiting = f'<p class="xg-note">{strings.THINKING}</p>' if growing else ""
    note = f'<p class="xg-note">{escape(one_line(found.note))}</p>' if found.note else ""
    told = f"<p>{text}</p>" if text else ""
    return (
        f'<div class="xg-question"><b>{strings.YOU}</b><p>{escape(visible(exchange.question))}</p>'
        f'{name}</div><div class="xg-answer{" xg-asking" if growing else ""}"'
        f"{_pointing(found.highlight)}><b>{who}</b>{told}{waiting}"
        f"{_proofs(found) if by_model else _cited(found)}{note}"
        f"{_show_button(found.highlight, '回答涉及的格')}</div>"
    )


def _cited(found: Answer) -> str:
    cited = "、".join(_citations(found.citations))
    return f'<p class="xg-cited">{strings.CITED}：{cited}</p>' if cited else ""


def _proofs(found: Answer) -> str:
    """What the marks in an answer of a model stand for, word for word."""
    if not found.proofs:
        return ""
    lines = "".join(f"<li>[{escape(p.id)}] {escape(one_line(p.text))}</li>" for p in found.proofs)
    title = strings.PROOFS.format(count=len(found.proofs))
    return f'<details class="xg-proofs"><summary>{title}</summary><ul>{lines}</ul></details>'


def model_notice(session: Session, *, host: str, model: str, here: bool) -> str:
    """Where what is sent, or that nothing is."""
    said = strings.MODEL_ON if session.model else strings.MODEL_OFF
    care = strings.MODEL_HERE if here else strings.MODEL_CARE
    told = escape(one_line(said.format(host=host, model=model, care=care)))
    warns = session.model and not here
    spent = session.spent
    used = ""
    if spent.requests or spent.cached:
        tokens = spent.prompt_tokens + spent.completion_tokens
        used = strings.MODEL_SPENT.format(
            requests=spent.requests, tokens=tokens, cost=_cost(spent.cost)
        )
    return f'<p class="xg-model {"xg-sent" if warns else "xg-kept"}">{told}{used}</p>'


def _cost(cost: Decimal | None) -> str:
    return "" if cost is None else strings.MODEL_COST.format(cost=f"{cost:.4f}")


def _citations(citations: Sequence[Citation]) -> list[str]:
    """What an answer rests on, short; cells are shown by the button instead."""
    told = []
    for c in citations:
        if c.finding is not None:
            told.append(f'<a class="xx-ref" href="#finding-{c.finding}">第{c.finding}条</a>')
        elif c.article:
            told.append(escape(one_line(c.article)))
        elif c.rule:
            told.append(f"规则{escape(c.rule)}")
    unique = list(dict.fromkeys(told))
    rest = [f"等{len(unique)}项"] if len(unique) > _MOST_SHOWN else []
    return [*unique[:_MOST_SHOWN], *rest]
