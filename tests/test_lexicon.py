"""Every wording of the lexicon is a usable pattern."""

import re
from collections.abc import Iterator

import pytest

from checker.domain.base import Frozen
from checker.errors import RuleFormatError
from checker.rulebook.lexicon import found, load_lexicon


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            yield from texts(value.__dict__[name])
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, tuple | frozenset):
        for item in value:
            yield from texts(item)


def test_every_pattern_of_the_lexicon_compiles() -> None:
    patterns = list(texts(load_lexicon()))
    assert len(patterns) > 100
    for pattern in patterns:
        re.compile(pattern)


def test_a_broken_pattern_names_the_file() -> None:
    with pytest.raises(RuleFormatError, match=r"lexicon\.yaml"):
        found(("未收取(费用",), "未收取费用")
