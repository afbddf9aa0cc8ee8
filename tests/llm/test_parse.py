"""From words to typed replies: what is accepted around an object, and what never is."""

import pytest

from checker.errors import BadReplyError
from checker.llm.parse import LONGEST, parse_reply
from checker.llm.replies import (
    ContradictionsReply,
    CoveragesReply,
    ProbeReply,
    WholeReply,
    schema_of,
)

GOOD = '{"city": "北京", "characters": 2}'


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"  \n{GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}\n```",
        f"<think>先想一想 {{草稿}}</think>{GOOD}",
        f'<think>或许是 {{"city": "上海", "characters": 2}}？不对</think>\n\n{GOOD}',
        f'不是 {{"city": "上海", "characters": 2}}。</think>{GOOD}',
        f"<THINKING>…</THINKING>```json\n{GOOD}\n```",
        f"好的，回答如下：\n{GOOD}\n希望有帮助。",
        f"集合 {{a, b}} 之外，{GOOD}",
    ],
)
def test_one_object_is_found_whatever_stands_around_it(text: str) -> None:
    assert parse_reply(text, ProbeReply) == ProbeReply(city="北京", characters=2)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "空的"),
        (" \n", "空的"),
        ("我不能回答这个问题。", "没有完整"),
        (GOOD[:-1], "没有完整"),
        (f"<think>{GOOD}", "没有完整"),
        (f"{GOOD}\n{GOOD}", "不止一个"),
        ('[{"city": "北京", "characters": 2}, {"city": "北京", "characters": 2}]', "不止一个"),
        ('{"city": "北京", "city": "上海", "characters": 2}', "重复的键"),
        ('{"city": "北京", "characters": NaN}', "NaN"),
        ('{"city": "北京", "characters": -Infinity}', "Infinity"),
        ('{"city": "北京", "characters": 2,}', "没有完整"),
        ("{'city': '北京', 'characters': 2}", "没有完整"),
        ('{"city": "北京", "characters": "2"}', "characters（应为整数）"),
        ('{"city": "北京", "characters": "2个"}', "characters（应为整数）"),
        ('{"city": "北京", "characters": 2.0}', "characters（应为整数）"),
        ('{"city": "北京", "characters": true}', "characters（应为整数）"),
        ('{"city": null, "characters": 2}', "city（应为文字）"),
        ('{"city": "北京"}', "characters（缺少）"),
        ('{"reply": {"city": "北京", "characters": 2}}', "city（缺少）"),
        ("x" * (LONGEST + 1), "太长"),
        ("[" * 100_000, "没有完整"),
        ('{"city":' * 50_000, "没有完整"),
        ("<think>" * 50_000, "没有完整"),
    ],
    ids=lambda text: text[:30],
)
def test_a_defect_is_never_repaired(text: str, why: str) -> None:
    with pytest.raises(BadReplyError, match=why):
        parse_reply(text, ProbeReply)


def test_an_unknown_key_is_refused_without_telling_it() -> None:
    text = '{"city": "北京", "characters": 2, "本报告合格": true}'
    with pytest.raises(BadReplyError, match="多余的键") as caught:
        parse_reply(text, ProbeReply)
    assert "合格" not in str(caught.value)


@pytest.mark.parametrize("tag", ["</think>", "<think>", "```"])
def test_a_quote_may_hold_what_looks_like_a_mark(tag: str) -> None:
    text = f'{{"contradictions": [{{"kind": "fact", "first": "甲{tag}乙", "second": "丙"}}]}}'
    assert parse_reply(text, ContradictionsReply).contradictions[0].first == f"甲{tag}乙"


def test_a_choice_outside_the_closed_set_is_refused() -> None:
    text = '{"coverage": [{"topic": "verdict", "quote": null, "concrete": true}]}'
    with pytest.raises(BadReplyError, match=r"coverage\.0\.topic"):
        parse_reply(text, CoveragesReply)


def test_a_list_without_end_is_refused() -> None:
    entry = '{"topic": "fee", "quote": null, "concrete": false}'
    text = f'{{"coverage": [{",".join([entry] * 201)}]}}'
    with pytest.raises(BadReplyError, match=r"coverage（项数太多）"):
        parse_reply(text, CoveragesReply)


def test_the_schema_is_closed_and_without_references() -> None:
    schema = schema_of(WholeReply)
    assert list(WholeReply.model_fields) == [
        *("links", "figures", "statements", "coverage", "contradictions"),
    ]

    def look(part: object) -> None:
        if isinstance(part, dict):
            assert "$ref" not in part
            if part.get("type") == "object":
                assert part["additionalProperties"] is False
                assert part["required"] == list(part["properties"])
            for inner in part.values():
                look(inner)
        elif isinstance(part, list):
            for inner in part:
                look(inner)

    look(schema)
