"""Wordings by which assembly and rules recognise what a report says, as data.

A wording is a regular expression over folded text (half-width, no white space). It never decides
what is right; it only says what was recognised.
"""

import re
from functools import cache

from checker.domain.base import Frozen
from checker.domain.report import SectionId
from checker.errors import RuleFormatError
from checker.rulebook.alternatives import any_of
from checker.rulebook.loader import data_file

Patterns = tuple[str, ...]


@cache
def _joined(patterns: Patterns) -> re.Pattern[str]:
    """All patterns as one; compiled when first used, since few are needed for one report.

    Raises:
        RuleFormatError: one of them is no regular expression.
    """
    try:
        return re.compile(any_of(patterns))
    except re.error as error:
        raise RuleFormatError(
            f"规则文件 rules/lexicon.yaml 里有一条正则表达式有误：{error}",
            path="rules/lexicon.yaml",
            key=str(error.pattern),
        ) from error


def found(patterns: tuple[str, ...], text: str) -> re.Match[str] | None:
    """The first place in folded text where any of the patterns matches."""
    return _joined(patterns).search(text) if patterns else None


def without(patterns: tuple[str, ...], text: str) -> str:
    """Folded text with every match of the patterns removed."""
    return _joined(patterns).sub("", text) if patterns else text


class Topic(Frozen):
    """Something a report has to write about.

    Attributes:
        label: what messages call it.
        heading: how sub-headings name it.
        wording: what counts as having written about it.
        weak: counts too, unless it stands under the heading of another topic.
    """

    id: str
    label: str
    heading: Patterns = ()
    wording: Patterns
    weak: Patterns = ()


class ProblemWords(Frozen):
    """Wordings of section 五.

    Attributes:
        generic: says that there are problems and not which.
        addressed: what stands between 针对 and 问题.
        stock: words of any report; what consists of them alone names no matter.
        none: says that there is no problem.
        problem_cue: problems follow.
        improvement_cue: improvements follow.
        achievement: praise, which is no problem.
    """

    generic: Patterns
    concrete: Patterns
    addressed: Patterns
    stock: Patterns
    none: Patterns
    improvement: Patterns
    problem_cue: Patterns
    improvement_cue: Patterns
    achievement: Patterns


class OrganWords(Frozen):
    """Wordings by which kinds of bodies are told apart.

    Attributes:
        endings: last words of the names of bodies and places, separated by spaces.
        counties_below: what tells that a city has counties or districts below it.
    """

    endings: str
    office: Patterns
    branch: Patterns
    institutions: Patterns
    vertical: Patterns
    counties_below: Patterns


class Lexicon(Frozen):
    """The wordings of ``rules/lexicon.yaml``; comments there say what each is for."""

    section_patterns: dict[SectionId, Patterns]
    furniture: Patterns
    empty_words: Patterns
    aspects: tuple[Topic, ...]
    guiding: Patterns
    facts: Patterns
    bare_list: Patterns
    planned: Patterns
    will: Patterns
    accountability: tuple[Topic, ...]
    problems: ProblemWords
    fee: Patterns
    fee_other: Patterns
    topic_noise: Patterns
    topic_words: Patterns
    told_without_stop: Patterns
    topic_split: Patterns
    announced: Patterns
    period_words: Patterns
    publication_words: Patterns
    publication_keys: tuple[str, ...]
    title_keys: tuple[str, ...]
    source_keys: tuple[str, ...]
    organs: OrganWords


load_lexicon = data_file("lexicon.yaml", Lexicon)
"""The wordings."""
