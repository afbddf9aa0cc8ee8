"""The components of the page and what they trigger; nothing is decided in here."""

from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

import gradio as gr
from gradio.components import Component
from gradio.data_classes import FileData, ListFiles
from gradio.events import Dependency

from ui import handlers, render, strings
from ui.desk import Desk
from ui.handlers import Step
from ui.session import Session

AT_ONCE: Final = 32
"""Most of them wait for a model; the work itself is done in threads."""
_KEEP_SECONDS: Final = (3600, 86400)
_FEWEST_TO_CHOOSE: Final = 2
# The box is emptied at once, in the browser: what is typed while an answer comes must stay.
_TAKE_QUESTION: Final = "(desk, question) => { window.xgTaken(); return [desk, question]; }"
_AFTER_ANSWER: Final = "() => window.xgAnswered && window.xgAnswered()"


class Page(NamedTuple):
    """The components that change, in the order of the outputs."""

    progress: gr.HTML
    reports: gr.Radio
    verdict: gr.HTML
    findings: gr.HTML
    tables: gr.HTML
    ledger: gr.HTML
    open_points: gr.HTML
    checked: gr.HTML
    chat: gr.HTML
    notice: gr.HTML
    again: gr.Button
    stop: gr.Button


class Controls(NamedTuple):
    """The components that the user acts on, and the desk on which all of it lies."""

    desk: gr.State
    model: gr.Checkbox
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
        gr.HTML(
            _header(model=bool(handlers.host_of_model())), label=strings.TITLE, elem_id="xg-header"
        )
        page, controls = _components()
        _wire_files(page, controls)
        _wire_model(page, controls)
        _wire_chat(page, controls)
    blocks.queue(default_concurrency_limit=AT_ONCE)
    return blocks


def _header(*, model: bool) -> str:
    subtitle = strings.SUBTITLE_MODEL if model else strings.SUBTITLE
    said = '<div id="xg-said" class="xg-unseen" role="status" aria-live="polite"></div>'
    return f"<header><h1>{strings.TITLE}</h1><p>{subtitle}</p></header>{said}"


def _components() -> tuple[Page, Controls]:
    desk = Desk(model=bool(handlers.host_of_model()) and handlers.stays_here())
    empty = desk.session
    kept = gr.State(desk)
    with gr.Row(elem_id="xg-main", equal_height=False):
        with gr.Column(scale=5, min_width=400, elem_id="xg-left"):
            upload, sample, clear = _upload()
            model, notice, again = _model(empty)
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
                stop = gr.Button(strings.STOP, size="sm", visible=False, elem_id="xg-stop")
                examples = _examples()
                question, send = _question()
    sheets = (tables, ledger, open_points, checked)
    page = Page(progress, reports, verdict, findings, *sheets, chat, notice, again, stop)
    return page, Controls(kept, model, upload, sample, clear, question, send, examples)


def _model(session: Session) -> tuple[gr.Checkbox, gr.HTML, gr.Button]:
    """The switch for the language model; there is none where no endpoint is set."""
    there = bool(handlers.host_of_model())
    with gr.Column(visible=there, elem_id="xg-model"):
        model = gr.Checkbox(
            label=strings.MODEL_SWITCH, value=session.model, container=False, elem_id="xg-switch"
        )
        notice = _html(strings.MODEL, _notice(session), "xg-notice")
        again = gr.Button(strings.MODEL_AGAIN, size="sm", visible=False, elem_id="xg-again")
    return model, notice, again


def _notice(session: Session) -> str:
    host = handlers.host_of_model()
    if not host:
        return ""
    model, here = handlers.name_of_model(), handlers.stays_here()
    return render.model_notice(session, host=host, model=model, here=here)


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


def screen(desk: Desk, progress: str) -> tuple[object, ...]:
    """Everything that changes, in the order of ``Page``."""
    session = desk.session
    choices = [(render.choice(f), f.key) for f in session.files]
    visible = len(choices) >= _FEWEST_TO_CHOOSE
    return (
        progress,
        gr.Radio(choices=choices, value=session.current, visible=visible),
        render.verdict(session),
        render.findings(session),
        render.tables(session),
        render.ledger(session),
        render.open_points(session),
        render.checked(session),
        render.chat(session),
        *_beside_switch(desk),
    )


def _beside_switch(desk: Desk) -> tuple[str, gr.Button, gr.Button]:
    """Where things go, and what can be done with the model now."""
    session = desk.session
    may_read = session.run is not None and handlers.may_consult(session, session.run)
    return (
        _notice(session),
        gr.Button(visible=may_read and not desk.working),
        gr.Button(visible=desk.working),
    )


async def _shown(desk: Desk, steps: AsyncIterator[Step]) -> AsyncIterator[tuple[object, ...]]:
    """What the page shows after every step."""
    nothing_new = len(Page._fields) - 1
    async for step in steps:
        model = handlers.model_allowed(desk.session)
        told = render.progress(step.stage, step.message, model=model, failed=step.failed)
        if not step.fresh:
            yield (told, *(gr.skip() for _ in range(nothing_new)))
        elif step.stage:
            yield screen(desk, told)
        else:
            told = render.finished(
                step.session, step.message, warning=step.warning, failed=step.failed
            )
            yield screen(desk, told)


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
    async def upload(desk: Desk, paths: list[str] | None) -> AsyncIterator[tuple[object, ...]]:
        uploads = [handlers.take(path) for path in paths or []]
        async for shown in _shown(desk, handlers.check_files(desk, uploads)):
            yield (*shown, None)

    async def sample(desk: Desk) -> AsyncIterator[tuple[object, ...]]:
        async for shown in _shown(desk, handlers.check_files(desk, [handlers.sample()])):
            yield shown

    def select(desk: Desk, key: int | None) -> tuple[object, ...]:
        if key is not None:
            desk.change(lambda session: session.showing(key))
        return screen(desk, render.progress("", ""))

    def clear(desk: Desk) -> tuple[object, ...]:
        desk.clear()
        return (*screen(desk, render.progress("", "")), None, "")

    desk = controls.desk
    _on(
        controls.upload.upload,
        upload,
        [desk, controls.upload],
        [*page, controls.upload],
        name="upload",
    )
    _on(controls.sample.click, sample, [desk], [*page], name="sample")
    _on(page.reports.input, select, [desk, page.reports], [*page], name="select")
    emptied = [*page, controls.upload, controls.question]
    _on(controls.clear.click, clear, [desk], emptied, name="clear")


def _wire_model(page: Page, controls: Controls) -> None:
    def switch(desk: Desk, wanted: bool) -> tuple[object, ...]:
        if not wanted:
            desk.stop()
        desk.change(lambda session: session.model_copy(update={"model": wanted}))
        return _beside_switch(desk)

    async def again(desk: Desk) -> AsyncIterator[tuple[object, ...]]:
        async for shown in _shown(desk, handlers.read_again(desk)):
            yield shown

    def stop(desk: Desk) -> None:
        desk.stop()

    changed = [page.notice, page.again, page.stop]
    _on(controls.model.input, switch, [controls.desk, controls.model], changed, name="switch")
    _on(page.again.click, again, [controls.desk], [*page], name="again")
    page.stop.click(stop, [controls.desk], [], api_visibility="undocumented", queue=False)


def _wire_chat(page: Page, controls: Controls) -> None:
    outputs = [page.chat, controls.question, page.notice, page.again, page.stop]

    async def ask(desk: Desk, question: str | None) -> AsyncIterator[tuple[object, ...]]:
        if desk.session.asking is not None:
            gr.Info(strings.STILL_ANSWERING)
            yield gr.skip(), question, *(gr.skip() for _ in outputs[2:])
            return
        async for session in handlers.talk(desk, question or ""):
            yield render.chat(session), gr.skip(), *_beside_switch(desk)

    events: list[tuple[str, Callable[..., Dependency], Component]] = [
        ("ask", controls.send.click, controls.question),
        ("submit", controls.question.submit, controls.question),
    ]
    events += [(f"example_{n}", b.click, b) for n, b in enumerate(controls.examples, 1)]
    for name, event, source in events:
        taken = partial(event, js=_TAKE_QUESTION) if source is controls.question else event
        asked = _on(taken, ask, [controls.desk, source], outputs, name=name)
        asked.then(fn=None, js=_AFTER_ANSWER)
