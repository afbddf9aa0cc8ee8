"""Question and checked report in, answer with citations out; with no model, no guess.

Answers of a language model are in ``checker.answers.model``; that part is imported only where one
is used.
"""

from checker.answers.embedded import answer
from checker.answers.types import Answer, AnswerKind, Citation, Conversation, Proof

__all__ = ["Answer", "AnswerKind", "Citation", "Conversation", "Proof", "answer"]
