"""The components of the page and what they trigger; nothing is decided in here."""

from collections.abc import AsyncIterator, Sequence
from typing import Final, NamedTuple

import gradio as gr

from ui import handlers, render, strings
from ui.session import Session

AT_ONCE: Final = 8
_KEEP_SECONDS: Final = (3600, 86400)
_FEWEST_TO_CHOOSE: Final = 2
# Quiet: our own progress line tells the stages, and nothing but the page itself is an interface.
_QUIET: Final = {"show_progress": "hidden", "api_visibility": "undocumented"}


class Page(NamedTuple):
    """The components that change, in the order of the outputs."""

    session: gr.State
    progress: gr.HTML
    reports: gr.Radio
    verdict: gr.HTML
    findings: gr.HTML
    tables: gr.HTML
    open_points: gr.HTML
    checked: gr.HTML
    chat: gr.HTML


class Controls(NamedTuple):
    """The components that the user acts on."""

    upload: gr.File
    sample: gr.Button
    clear: gr.Button
    question: gr.Textbox
    send: gr.Button
    examples: tuple[gr.Button, ...]


def build() -> gr.Blocks:
    """The page."""
    with gr.Blocks(
        title=strings.TITLE, analytics_enabled=False, delete_cache=_KEEP_SECONDS, fill_width=True
    ) as blocks:
        gr.HTML(_header(), label=strings.TITLE, elem_id="xg-header")
        page, controls = _components()
        _wire_files(page, controls)
        _wire_chat(page, controls)
    blocks.queue(default_concurrency_limit=AT_ONCE)
    return blocks


def _header() -> str:
    said = '<div id="xg-said" class="xg-unseen" role="status" aria-live="polite"></div>'
    return f"<header><h1>{strings.TITLE}</h1><p>{strings.SUBTITLE}</p></header>{said}"


def _components() -> tuple[Page, Controls]:
    empty = Session()
    session = gr.State(empty)
    with gr.Row(elem_id="xg-main", equal_height=False):
        with gr.Column(scale=5, min_width=400, elem_id="xg-left"):
            upload = gr.File(
                label=strings.UPLOAD, file_count="multiple", height=120, elem_id="xg-upload"
            )
            with gr.Row(elem_id="xg-buttons"):
                sample = gr.Button(strings.SAMPLE, variant="primary", size="sm", elem_id="xg-sample")
                clear = gr.Button(strings.CLEAR, size="sm", elem_id="xg-clear")
            progress = _html(strings.PROGRESS, render.progress("", ""), "xg-progress")
            reports = gr.Radio(label=strings.REPORTS, visible=False, elem_id="xg-reports")
            verdict = _html(strings.VERDICT, render.verdict(empty), "xg-verdict")
            findings = _html(strings.FINDINGS, render.findings(empty), "xg-findings")
            chat = _html(strings.CHAT, render.chat(empty), "xg-chat")
            examples = _examples()
            question, send = _question()
        with gr.Column(scale=7, min_width=480, elem_id="xg-right"), gr.Tabs():
            with gr.Tab(strings.TAB_TABLES):
                tables = _html(strings.TABLES, render.tables(empty), "xg-tables")
            with gr.Tab(strings.TAB_OPEN):
                open_points = _html(strings.TAB_OPEN, render.open_points(empty), "xg-open")
            with gr.Tab(strings.TAB_CHECKED):
                checked = _html(strings.TAB_CHECKED, render.checked(empty), "xg-checked")
    page = Page(session, progress, reports, verdict, findings, tables, open_points, checked, chat)
    return page, Controls(upload, sample, clear, question, send, examples)


def _html(label: str, value: str, name: str) -> gr.HTML:
    return gr.HTML(value, label=label, elem_id=name)


def _examples() -> tuple[gr.Button, ...]:
    with gr.Row(elem_id="xg-examples"):
        return tuple(gr.Button(text, size="sm", min_width=60) for text in strings.EXAMPLES)


def _question() -> tuple[gr.Textbox, gr.Button]:
    with gr.Row(elem_id="xg-ask"):
        question = gr.Textbox(
            label=strings.QUESTION, placeholder=strings.QUESTION_HINT, lines=1, max_lines=1,
            max_length=200, scale=8, container=False, elem_id="xg-question",
        )  # fmt: skip
        send = gr.Button(strings.SEND, variant="primary", scale=1, min_width=70, elem_id="xg-send")
    return question, send


# -- what the components trigger ---------------------------------------------------------


def screen(session: Session, progress: str) -> tuple[object, ...]:
    """Everything that changes, in the order of ``Page``."""
    choices = [(f"{f.key}. {f.name}", f.key) for f in session.files]
    visible = len(choices) >= _FEWEST_TO_CHOOSE
    return (
        session,
        progress,
        gr.Radio(choices=choices, value=session.current, visible=visible),
        render.verdict(session),
        render.findings(session),
        render.tables(session),
        render.open_points(session),
        render.checked(session),
        render.chat(session),
    )


async def _checking(
    session: Session, uploads: Sequence[handlers.Upload]
) -> AsyncIterator[tuple[object, ...]]:
    async for step in handlers.check_files(session, uploads):
        if step.stage:
            only = (step.session, render.progress(step.stage, step.message))
            yield (*only, *(gr.skip() for _ in range(len(Page._fields) - len(only))))
        else:
            yield screen(step.session, render.finished(step.session, step.message))


def _wire_files(page: Page, controls: Controls) -> None:
    async def upload(
        session: Session, paths: list[str] | None
    ) -> AsyncIterator[tuple[object, ...]]:
        uploads = [handlers.take(path) for path in paths or []]
        async for shown in _checking(session, uploads):
            yield (*shown, None)

    async def sample(session: Session) -> AsyncIterator[tuple[object, ...]]:
        async for shown in _checking(session, [handlers.sample()]):
            yield shown

    def select(session: Session, key: int | None) -> tuple[object, ...]:
        chosen = session.showing(key) if key is not None else session
        return screen(chosen, render.progress("", ""))

    def clear() -> tuple[object, ...]:
        return (*screen(Session(), render.progress("", "")), None, "")

    controls.upload.upload(
        upload, [page.session, controls.upload], [*page, controls.upload], api_name="upload", **_QUIET
    )
    controls.sample.click(sample, [page.session], [*page], api_name="sample", **_QUIET)
    page.reports.input(
        select, [page.session, page.reports], [*page], api_name="select", **_QUIET
    )
    controls.clear.click(
        clear, None, [*page, controls.upload, controls.question], api_name="clear", **_QUIET
    )


def _wire_chat(page: Page, controls: Controls) -> None:
    outputs = [page.session, page.chat, controls.question]
    answered = "() => window.xgAnswered && window.xgAnswered()"

    def ask(session: Session, question: str) -> tuple[object, ...]:
        talked = handlers.ask(session, question or "")
        return talked, render.chat(talked), ""

    inputs = [page.session, controls.question]
    for number, event in enumerate((controls.send.click, controls.question.submit)):
        name = "ask" if number == 0 else False
        event(ask, inputs, outputs, api_name=name, **_QUIET).then(fn=None, js=answered)
    for button in controls.examples:
        button.click(ask, [page.session, button], outputs, api_name=False, **_QUIET).then(
            fn=None, js=answered
        )
