"""Sentences out of a stream: whole, with their citations, without thoughts and marks."""

import pytest

from checker.llm.chat.split import Splitter


def cut(text: str, size: int) -> list[str]:
    splitter = Splitter()
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    told = [s for p in pieces for s in splitter.feed(p)]
    return [*told, *splitter.rest()]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲[格1]。乙[格2]。", ["甲[格1]。", "乙[格2]。"]),
        ("甲。[格1]乙。 [格2]、[格3]", ["甲。[格1]", "乙。 [格2]、[格3]"]),
        ("原文写“甲。乙！”[句1]。丙[格1]。", ["原文写“甲。乙！”[句1]。", "丙[格1]。"]),
        ("- 甲[格1]\n- 乙[格2]\n", ["甲[格1]", "乙[格2]"]),
        ("## 标题\n1. **甲**[格1]。\n2. 乙[格2]。", ["标题", "甲[格1]。", "乙[格2]。"]),
        ("<think>甲。乙</think>丙[格1]。", ["丙[格1]。"]),
        ("甲[格1]。<think>没有想完", ["甲[格1]。"]),
        ("甲[格1]。<thin", ["甲[格1]。", "<thin"]),
        ("58.6万元[格1]。2.5件[格2]。", ["58.6万元[格1]。", "2.5件[格2]。"]),
        ("", []),
        ("。。。\n\n", ["。。。"]),
        ("甲；乙？丙！[格1]", ["甲；", "乙？", "丙！[格1]"]),
    ],
)
def test_a_stream_is_cut_alike_in_pieces_of_any_size(
    text: str, sentences: list[str], size: int
) -> None:
    assert cut(text, size) == sentences


def test_a_sentence_is_given_as_soon_as_the_next_begins() -> None:
    splitter = Splitter()
    assert list(splitter.feed("甲[格1]。")) == []
    assert list(splitter.feed("乙")) == ["甲[格1]。"]


def test_endless_words_are_given_in_parts() -> None:
    assert all(len(s) < 1000 for s in cut("很" * 5000, 50))
