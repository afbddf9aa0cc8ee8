"""Which findings a question is about: all, or those of a severity, of tables or of sections."""

from typing import Final

from checker.answers import parts
from checker.answers.library import Library
from checker.answers.parse import Question
from checker.answers.questions import Intent
from checker.answers.view import SEVERITY_NAMES, View
from checker.domain.finding import Severity

SEVERITY_INTENTS: Final[dict[Intent, Severity]] = {
    "errors_only": "error", "warnings_only": "warning", "notes_only": "note",
}  # fmt: skip


def severities_of(question: Question) -> tuple[Severity, ...]:
    """The severities that are named."""
    return tuple(s for i, s in SEVERITY_INTENTS.items() if i in question.intents)


def findings_meant(question: Question, view: View, library: Library) -> tuple[int, ...]:
    """The findings of the severity, the tables or the sections that are named; else all."""
    severities, tables, sections = (
        severities_of(question), question.all("table"), question.all("section"),
    )  # fmt: skip
    own = {n for t in tables for n in view.about_table(t)}
    own |= {n for s in sections for n in parts.numbers_of(view, library, s)}
    return tuple(
        n
        for n, f in enumerate(view.findings, 1)
        if (not severities or f.severity in severities) and (n in own or not (tables or sections))
    )


def scope_named(question: Question, view: View) -> str:
    """The severity, the tables or the sections that are named, as the form calls them."""
    known = {str(s.id): f"“{s.ordinal}、{s.label}”" for s in view.form.sections}
    names = [f"表{view.spec(t).ordinal}" for t in question.all("table")]
    names += [known.get(s, "引言") for s in question.all("section")]
    names += [f"“{SEVERITY_NAMES[s]}”" for s in severities_of(question)]
    return "、".join(names)
