"""Results for people and machines: text, JSON, Markdown, HTML. Judges nothing itself."""

from collections.abc import Sequence
from typing import Final, Literal, assert_never

from checker.output.results import CheckedFile, FailedFile, FileResult

OutputFormat = Literal["text", "json", "markdown", "html"]
FORMATS: Final[tuple[OutputFormat, ...]] = ("text", "json", "markdown", "html")

__all__ = ["FORMATS", "CheckedFile", "FailedFile", "FileResult", "OutputFormat", "render"]


def render(results: Sequence[FileResult], form: OutputFormat, *, colour: bool = False) -> str:
    """All results in one document.

    Args:
        results: one per file, in the order in which they were named.
        form: text, json, markdown or html.
        colour: text only: with the colour codes of a terminal.
    """
    match form:
        case "text":
            from checker.output.text import render_text

            return render_text(results, colour=colour)
        case "json":
            from checker.output.machine import render_json

            return render_json(results)
        case "markdown":
            from checker.output.markdown import render_markdown

            return render_markdown(results)
        case "html":
            from checker.output.html import render_html

            return render_html(results)
        case _:
            assert_never(form)
