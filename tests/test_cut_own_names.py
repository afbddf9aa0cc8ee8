"""Names of the reporting body beside the words of the dictionary."""

import pytest

from checker.claims.words import cut


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        (
            "青山镇人民政府收到申请",
            {"青山镇", "青山镇人民政府"},
            ["青山镇人民政府", "收到", "申请"],
        ),
        ("公民、法人和其他组织申请", {"公民"}, ["公民、法人和其他组织", "申请"]),
        ("上年青山镇结转", {"青山镇结转"}, ["上年", "青山镇结转"]),
        ("收到申请", set(), ["收到", "申请"]),
    ],
)
def test_the_longer_of_a_name_and_a_word_stands_as_a_whole(
    text: str, own: set[str], expected: list[str]
) -> None:
    words = [*cut(text, 0, len(text), own=frozenset(own))]

    assert [w.text for w in words] == expected
    assert not any(w.meanings for w in words if w.text in own)
