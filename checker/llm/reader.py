"""Has a model read a report: one request with all tasks where the context allows."""

from collections.abc import Sequence
from threading import Event

from checker.domain.claim import Claim
from checker.domain.reading import ModelReading, ModelUse
from checker.domain.report import AnnualReport
from checker.errors import ModelUnavailableError
from checker.llm.compose import Question, split_questions, whole_question
from checker.llm.passages import Passages
from checker.llm.replies import (
    ContradictionsReply,
    CoveragesReply,
    FiguresReply,
    ReplyBase,
    StatementsReply,
)
from checker.llm.request import SEED, TEMPERATURE
from checker.llm.session import Session
from checker.llm.verify import Verifier
from checker.settings import ModelSettings
from checker.store import Store


def read_with_model(
    report: AnnualReport,
    claims: Sequence[Claim],
    *,
    settings: ModelSettings,
    store: Store | None = None,
    cancel: Event | None = None,
) -> ModelReading:
    """What a model finds in the prose of a report, as far as the code could verify it.

    Args:
        report: as assembled.
        claims: all claims of the code; the model is asked about those that were not judged.
        settings: the endpoint. Nothing is sent anywhere else.
        store: keeps replies; None keeps none.
        cancel: stops the run when set.

    Raises:
        ModelNotConfiguredError: the settings name no endpoint.
        ModelCancelledError: ``cancel`` was set.
        ModelError: the model gave no usable reply.
        PromptError: the prompts that came with the program are damaged.
    """
    session = Session(settings=settings, store=store, cancel=cancel or Event())
    passages = Passages(report)
    question = whole_question(report, passages, claims)
    questions: tuple[Question, ...] = (question,)
    if question.tokens > settings.context_length:
        questions = split_questions(report, passages, claims)
    try:
        replies = _asked(session, questions)
    except ModelUnavailableError as error:
        if error.reason != "context" or len(questions) > 1:
            raise
        questions = split_questions(report, passages, claims)
        replies = _asked(session, questions)
    return _verified(replies, Verifier(report, passages, claims), session, questions)


def _asked(session: Session, questions: Sequence[Question]) -> list[ReplyBase]:
    longest = max(q.tokens for q in questions)
    if longest > session.settings.context_length:
        raise ModelUnavailableError(
            f"报告太长（约需 {longest} 个 token），超过语言模型的上下文长度"
            f"（{session.settings.context_length}）。",
            reason="context",
            model=session.settings.model,
            hint="如果模型实际支持更长的上下文，请用 XXGK_LLM_CONTEXT_LENGTH 设置。",
        )
    return [session.ask(q.messages, q.reply) for q in questions]


def _verified(
    replies: Sequence[ReplyBase],
    verifier: Verifier,
    session: Session,
    questions: Sequence[Question],
) -> ModelReading:
    figures = [r for r in replies if isinstance(r, FiguresReply)]
    links = verifier.links(
        [link for r in figures for link in r.links], [f for r in figures for f in r.figures]
    )
    statements = verifier.statements(
        s for r in replies if isinstance(r, StatementsReply) for s in r.statements
    )
    coverage = verifier.coverage(
        c for r in replies if isinstance(r, CoveragesReply) for c in r.coverage
    )
    contradictions = verifier.contradictions(
        c for r in replies if isinstance(r, ContradictionsReply) for c in r.contradictions
    )
    store = session.store
    return ModelReading(
        links=links,
        statements=statements,
        coverage=coverage,
        contradictions=contradictions,
        dropped=verifier.dropped,
        notes=(store.complaint,) if store and store.complaint else (),
        usage=session.usage,
        use=_use(session, questions),
    )


def _use(session: Session, questions: Sequence[Question]) -> ModelUse:
    endpoint = session.known()
    return ModelUse(
        base_url=session.settings.base_url,
        model=session.settings.model,
        mode=endpoint.mode,
        temperature=TEMPERATURE if endpoint.steady else None,
        seed=SEED if endpoint.steady else None,
        prompts=tuple(dict.fromkeys(name for q in questions for name in q.prompts)),
    )
