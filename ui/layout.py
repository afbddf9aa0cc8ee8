"""The components of the page and what they trigger; nothing is decided in here."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Final, NamedTuple

import gradio as gr
from gradio.components import Component
from gradio.data_classes import FileData, ListFiles
from gradio.events import Dependency

from ui import handlers, render, strings
from ui.session import Session

AT_ONCE: Final = 8
_KEEP_SECONDS: Final = (3600, 86400)
_FEWEST_TO_CHOOSE: Final = 2
_AFTER_ANSWER: Final = "() => window.xgAnswered && window.xgAnswered()"


class Page(NamedTuple):
    """The components that change, in the order of the outputs."""

    session: gr.State
    progress: gr.HTML
    reports: gr.Radio
    verdict: gr.HTML
    findings: gr.HTML
    tables: gr.HTML
    ledger: gr.HTML
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
    blocks: gr.Blocks
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
            upload, sample, clear = _upload()
            progress = _html(strings.PROGRESS, render.progress("", ""), "xg-progress")
            reports = gr.Radio(label=strings.REPORTS, visible=False, elem_id="xg-reports")
            verdict = _html(strings.VERDICT, render.verdict(empty), "xg-verdict")
            findings = _html(strings.FINDINGS, render.findings(empty), "xg-findings")
        with gr.Column(scale=7, min_width=480, elem_id="xg-right"):
            with gr.Column(elem_id="xg-sheets"), gr.Tabs():
                with gr.Tab(strings.TAB_TABLES):
                    tables = _html(strings.TABLES, render.tables(empty), "xg-tables")
                with gr.Tab(strings.TAB_LEDGER):
                    ledger = _html(strings.TAB_LEDGER, render.ledger(empty), "xg-ledger")
                with gr.Tab(strings.TAB_OPEN):
                    open_points = _html(strings.TAB_OPEN, render.open_points(empty), "xg-open")
                with gr.Tab(strings.TAB_CHECKED):
                    checked = _html(strings.TAB_CHECKED, render.checked(empty), "xg-checked")
            with gr.Column(elem_id="xg-talk"):
                chat = _html(strings.CHAT, render.chat(empty), "xg-chat")
                examples = _examples()
                question, send = _question()
    sheets = (tables, ledger, open_points, checked)
    page = Page(session, progress, reports, verdict, findings, *sheets, chat)
    return page, Controls(upload, sample, clear, question, send, examples)


def _upload() -> tuple[gr.File, gr.Button, gr.Button]:
    with gr.Row(elem_id="xg-upload-row"):
        upload = gr.File(
            label=strings.UPLOAD, file_count="multiple", height=84, scale=4, elem_id="xg-upload"
        )
        # Gradio's own step leaves one empty temporary file behind for every upload; a subclass
        # would make it write a .pyi file beside this module.
        upload.preprocess = _paths  # type: ignore[method-assign]
        with gr.Column(scale=1, min_width=100, elem_id="xg-buttons"):
            sample = gr.Button(strings.SAMPLE, size="sm", elem_id="xg-sample")
            clear = gr.Button(strings.CLEAR, size="sm", elem_id="xg-clear")
    return upload, sample, clear


def _paths(payload: ListFiles | FileData | None) -> list[str]:
    """Where the uploaded files lie; Gradio made sure that this is its upload folder."""
    if payload is None:
        return []
    return [f.path for f in (payload.root if isinstance(payload, ListFiles) else [payload])]


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
    choices = [(render.choice(f), f.key) for f in session.files]
    visible = len(choices) >= _FEWEST_TO_CHOOSE
    return (
        session,
        progress,
        gr.Radio(choices=choices, value=session.current, visible=visible),
        render.verdict(session),
        render.findings(session),
        render.tables(session),
        render.ledger(session),
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


def _on(
    event: Callable[..., Dependency],
    handler: Callable[..., object],
    inputs: Sequence[Component],
    outputs: Sequence[Component],
    *,
    name: str,
) -> Dependency:
    """Wire an event, quietly: our own line tells the progress, and the page has no public API."""
    return event(
        handler, inputs, outputs,
        api_name=name, api_visibility="undocumented", show_progress="hidden",
    )  # fmt: skip


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

    files = [page.session, controls.upload]
    _on(controls.upload.upload, upload, files, [*page, controls.upload], name="upload")
    _on(controls.sample.click, sample, [page.session], [*page], name="sample")
    _on(page.reports.input, select, [page.session, page.reports], [*page], name="select")
    emptied = [*page, controls.upload, controls.question]
    _on(controls.clear.click, clear, [], emptied, name="clear")


def _wire_chat(page: Page, controls: Controls) -> None:
    outputs = [page.session, page.chat, controls.question]

    def ask(session: Session, question: str | None) -> tuple[object, ...]:
        talked = handlers.ask(session, question or "")
        return talked, render.chat(talked), ""

    events: list[tuple[str, Callable[..., Dependency], Component]] = [
        ("ask", controls.send.click, controls.question),
        ("submit", controls.question.submit, controls.question),
    ]
    events += [(f"example_{n}", b.click, b) for n, b in enumerate(controls.examples, 1)]
    for name, event, source in events:
        asked = _on(event, ask, [page.session, source], outputs, name=name)
        asked.then(fn=None, js=_AFTER_ANSWER)
