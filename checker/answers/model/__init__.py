"""Answers of a language model whose every sentence code has held against the evidence it cites."""

from checker.answers.model.ask import Replied, answer_with_model
from checker.answers.model.memory import Memory

__all__ = ["Memory", "Replied", "answer_with_model"]
