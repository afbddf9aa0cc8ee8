"""Learns ``rules/plain_words.yaml`` from reports without a fault: ``python -m eval.learn_words``.

A word is plain when sentences of at least two writers hold it whose figures agree with the cells
that they were held against: there it did not change what was counted. What was put into the file
by hand (``added``) stays.
"""

import logging
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import Final

import jieba

from checker.claims.certainty import NUMERAL, STRETCH
from checker.claims.sentences import own_names
from checker.claims.words import names_of
from checker.domain.run import CheckRun
from checker.pipeline import check_report
from checker.rulebook.plain_words import load_plain_words
from checker.rulebook.terms import load_terms
from eval.report_suite import Corpus, load_part

FILE: Final = Path(__file__).parents[1] / "rules" / "plain_words.yaml"
_LEAST_WRITERS: Final = 2
_BREAKS: Final = "。；;！？\n"
_HEAD: Final = """\
# 与表格一致的句子里出现过、不改变数字含义的词。句中只有这些词和术语表（terms.yaml）的词时，
# 数字与表格不同就报错误；还有别的词时，可能限定了范围，只提示人工核对。
# learnt 由 python -m eval.learn_words 从无误的报告学来，不要手改；要加词写在 added，空格隔开。
"""


def writers_of_words(corpora: Iterable[Corpus]) -> Mapping[str, frozenset[str]]:
    """The words of sentences whose figures agree with their cells, and who wrote them."""
    found: dict[str, set[str]] = defaultdict(set)
    jieba.setLogLevel(logging.ERROR)
    for corpus in corpora:
        for file in corpus.clean:
            for word in _words(check_report(file.data, name=file.name)):
                found[word].add(corpus.name)
    return {w: frozenset(c) for w, c in found.items()}


def plain(writers: Mapping[str, frozenset[str]]) -> list[str]:
    """Those that enough writers used and that the terms do not hold, in order."""
    known = load_terms().by_word
    return sorted(w for w, by in writers.items() if len(by) >= _LEAST_WRITERS and w not in known)


def _words(run: CheckRun) -> Iterator[str]:
    text, names = run.report.document.text, names_of(own_names(run.report))
    agreeing = {
        _sentence(text, c.figure.start, c.figure.end)
        for c in run.claims
        if c.figure and any(k.test == "cell" and k.verdict == "supported" for k in c.checks)
    }
    for sentence in agreeing:
        joined = "".join(sentence.split())
        for stretch in STRETCH.findall(names.sub(" ", joined) if names else joined):
            yield from (w for w in jieba.cut(stretch, HMM=False) if not NUMERAL.fullmatch(w))


def _sentence(text: str, start: int, end: int) -> str:
    first = max(text.rfind(mark, 0, start) for mark in _BREAKS) + 1
    ends = [place for mark in _BREAKS if (place := text.find(mark, end)) >= 0]
    return text[first : min(ends, default=len(text))]


def main() -> int:
    """Write the file anew."""
    words = plain(writers_of_words(load_part("tuning")))
    learnt = "\n".join(wrap(" ".join(words), 98, initial_indent="  ", subsequent_indent="  "))
    added = load_plain_words().added
    content = f'{_HEAD}\nadded: "{added}"\n\nlearnt: >-\n{learnt}\n'
    FILE.write_text(content, encoding="utf-8")
    print(f"{len(words)} 个词")
    return 0


if __name__ == "__main__":
    sys.exit(main())
