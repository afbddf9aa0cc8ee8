"""Says which words of a question were not understood, and what can be asked instead.

It guesses nothing: a word that looks like a known one is asked back, unless only a character was
typed for another that is commonly confused with it, and then the answer says so.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple

from checker.answers.asked import Asked
from checker.answers.parse import Lexicon, Question, Token, understand
from checker.answers.prose import tell_quotes
from checker.answers.questions import QuestionBook
from checker.answers.statements import labels_of, words_of
from checker.answers.types import Answer
from checker.answers.view import View
from checker.answers.wording import fold
from checker.assemble.bodies import looks_like_body

_SHORTEST: Final = 3
_SHORTEST_NAME: Final = 2
_SHORTEST_CUT: Final = 4
_MOST: Final = 4
_OTHER_LAW: Final = re.compile(
    r"((?:(?!第)[一-鿿]){2,12}?(?:法|条例|办法|规定))第(?!几|多少)[一-鿿\d]{1,5}条"
)
_LAW_NAME: Final = re.compile(
    r"[一-鿿]{2,12}(?:条例|实施细则|管理办法|(?<![办做说方看想写算填用语改查])法)"
)
_WORD: Final = re.compile(r"[一-鿿]{2,10}")
_MOST_WORDS: Final = 3
_LONGEST_WORD: Final = 12
_NAMES: Final = ("row", "column", "group", "table", "section", "topic", "law")


class Respelt(NamedTuple):
    """A question with one word put right.

    Attributes:
        typed: what stood there.
        word: the known word.
        sure: the characters are commonly typed for one another.
    """

    question: str
    typed: str
    word: str
    sure: bool


def respell(question: str, lexicon: Lexicon, book: QuestionBook) -> Respelt | None:
    """The question with one mistyped word put right so that every word of it is known.

    None when nothing is unknown, no known word is near, or several are equally near.
    """
    text = fold(question)
    asked = understand(question, lexicon)
    (*others, span) = _unknown_spans(asked) or ("",)
    start = text.find(span)
    if others or not span or len(span) > _LONGEST_WORD or start < 0:
        return None
    end = start + len(span)
    found: dict[str, Respelt] = {}
    for at, behind, word, sure in _near(text, start, end, lexicon, book.confusable):
        better = text[:at] + word + text[behind:]
        if not understand(better, lexicon).unknown:
            found.setdefault(better, Respelt(better, text[at:behind], word, sure))
    certain = [r for r in found.values() if r.sure]
    candidates = certain or list(found.values())
    return candidates[0] if len(candidates) == 1 else None


def _unknown_spans(asked: Question) -> list[str]:
    """Unknown words; two with a single character between them are one: 今天下雨."""
    spans: list[str] = []
    tokens = asked.tokens
    for at, token in enumerate(tokens):
        if token.tags:
            continue
        if spans and not tokens[at - 1].tags:
            spans[-1] += token.text
        elif at > 1 and len(tokens[at - 1].text) == 1 and not tokens[at - 2].tags:
            spans[-1] += tokens[at - 1].text + token.text
        else:
            spans.append(token.text)
    return spans


def _near(
    text: str, start: int, end: int, lexicon: Lexicon, confusable: Sequence[str]
) -> Iterator[tuple[int, int, str, bool]]:
    """Known words that differ in one character from a part of the text around a place."""
    groups = [frozenset(g) for g in confusable]
    for word, tags in lexicon.words.items():
        names = any(t.kind in _NAMES for t in tags)
        known = names or any(t.kind == "intent" for t in tags)
        if not known or len(word) < (_SHORTEST_NAME if names else _SHORTEST):
            continue
        for at in range(max(0, end - len(word)), start + 1):
            part = text[at : at + len(word)]
            wrong = [(a, b) for a, b in zip(part, word, strict=False) if a != b]
            sure = len(wrong) == 1 and any({*wrong[0]} <= g for g in groups)
            near = sure or (names and len(word) >= _SHORTEST)
            if len(part) == len(word) and len(wrong) == 1 and near:
                yield at, at + len(word), word, sure
        if len(word) >= _SHORTEST_CUT and names:
            yield from ((a, b, word, False) for a, b in _cut_or_longer(text, start, end, word))


def _cut_or_longer(text: str, start: int, end: int, word: str) -> Iterator[tuple[int, int]]:
    """Parts of a text that are the word with one character left out or one too many."""
    shorter = {word[:i] + word[i + 1 :] for i in range(len(word))}
    for at in range(max(0, end - len(word) - 1), start + 1):
        if text[at : at + len(word) - 1] in shorter and at + len(word) - 1 >= end:
            yield at, at + len(word) - 1
        longer = text[at : at + len(word) + 1]
        inside = {longer[:i] + longer[i + 1 :] for i in range(1, len(longer) - 1)}
        if at + len(longer) >= end and word in inside:
            yield at, at + len(longer)


def clarified(asked: Asked, view: View | None, *, put_right: str, offered: str) -> Answer:
    """Which words were not understood, and what can be asked.

    Args:
        asked: the question.
        view: the report, if there is one.
        put_right: the question with a mistyped word put right; empty when there is none.
        offered: a question that may be meant; empty when none is known.
    """
    written = view is not None and any(_written(asked, view))
    if not (put_right or written) and (told := _elsewhere(asked, view)) is not None:
        return told
    offered = put_right or offered
    replies, unknown = asked.book.replies, _unknown_spans(asked.question)
    words = [w for w in unknown if _SHORTEST_NAME <= len(w) <= _LONGEST_WORD][:_MOST_WORDS]
    text = replies.unknown_words.format(words="”“".join(words)) if words else replies.not_understood
    if offered:
        text += replies.did_you_mean.format(question=offered)
        context = asked.context.model_copy(update={"offered": offered})
        return Answer(kind="not_understood", text=text, context=context)
    return Answer(
        kind="not_understood", text=f"{text}\n{_to_ask(asked, view)}", context=asked.context
    )


def _elsewhere(asked: Asked, view: View | None) -> Answer | None:
    """That neither the report nor the rules hold what the question is about."""
    text = "".join(t.text for t in asked.question.tokens)
    book = asked.book
    law = _OTHER_LAW.search(text)
    known = {w for source, words in book.laws.items() for w in (source, *words)}
    reasons = [e.why for e in book.elsewhere if any(fold(w) in text for w in e.said)][:1]
    unknown = _unknown_spans(asked.question)
    if not reasons and any(map(looks_like_body, unknown)):
        reasons = [book.replies.no_other_bodies]
    named = [law[1]] if law and law[1] not in known else []
    named += [w for w in unknown if _LAW_NAME.fullmatch(w)]
    if named:
        reasons = [book.replies.no_law.format(name=f"《{named[0]}》")]
    if not reasons:
        return None
    told = asked.no_basis(reasons[0])
    return told.model_copy(update={"text": f"{told.text}\n{_to_ask(asked, view)}"})


def _to_ask(asked: Asked, view: View | None) -> str:
    """What can be asked."""
    examples = list(dict.fromkeys(_examples(asked, view)))[:_MOST]
    return asked.book.replies.try_asking.format(examples="".join(f"“{e}”" for e in examples))


def _examples(asked: Asked, view: View | None) -> Iterator[str]:
    """Questions about what was named first, then what is asked most."""
    replies = asked.book.replies
    if view is None:
        yield from replies.examples_no_report
        return
    for names, questions in _subjects(asked, view):
        yield from (q.format(name=n) for n, q in product(names[:1], questions))
    yield from replies.examples


def _official(view: View, place: Token) -> str:
    """A place as it was named, if the form has these words; else as the form calls it."""
    if words_of(view, (place,)):
        return place.text
    labels = [form for tag in sorted(place.tags) for form in labels_of(view, tag.value)]
    return min(labels, key=len, default=place.text)


def _subjects(asked: Asked, view: View) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    q, replies = asked.question, asked.book.replies
    numbers = [n for n in q.all("ordinal") if n.isdecimal() and 1 <= int(n) <= len(view.findings)]
    yield numbers, replies.of_finding
    yield [t.text for t in q.tokens if t.values("table")], replies.of_table
    yield [t.text for t in q.tokens if t.values("section")], replies.of_section
    yield [_official(view, p) for p in q.places if p.text], replies.of_place
    yield [*_written(asked, view)], replies.of_words


def _written(asked: Asked, view: View) -> Iterator[str]:
    """The words that were not understood and stand in the report."""
    words = (w for w in asked.question.unknown if _WORD.fullmatch(w))
    return (w for w in words if tell_quotes(view, (w,), sentences=True))
