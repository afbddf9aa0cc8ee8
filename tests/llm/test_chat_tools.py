"""What a model is told about the tools fits the tools; nothing heavy is loaded for the types."""

import subprocess
import sys
from threading import Event

import pytest

from checker.answers.embedded import answer, lexicon_of
from checker.answers.library import load_library
from checker.answers.model.memory import Memory
from checker.answers.model.shelf import Shelf
from checker.answers.model.tools import Toolbox
from checker.answers.model.words import load_chat_words
from checker.answers.types import Conversation
from checker.answers.view import View
from checker.errors import ModelNotConfiguredError, PromptError
from checker.llm.chat import ToolArguments, ToolResult, converse
from checker.llm.chat.texts import tool_texts
from checker.settings import ModelSettings
from tests.answers.runs import checked_run

RUN = checked_run()
LAW = "中华人民共和国政府信息公开条例"


def box() -> Toolbox:
    library = load_library()
    form = library.form_of(RUN)
    shelf = Shelf(View(RUN, form, library.forms), library, load_chat_words(), Memory())
    ask = lambda q: answer(q, RUN, context=Conversation())  # noqa: E731
    return Toolbox(shelf, lexicon_of(form, RUN), ask, LAW)


def call(name: str, **given: object) -> ToolResult:
    (found,) = [t for t in box().tools() if t.name == name]
    return found.call(found.arguments.model_validate(given))


def test_every_tool_is_described_with_its_arguments_and_no_other() -> None:
    tools = box().tools()
    assert [t.name for t in tools] == list(tool_texts())
    for tool in tools:
        schema = tool_texts()[tool.name].schema_of(tool.arguments)
        assert "$ref" not in str(schema)
        assert all("description" in p for p in schema["properties"].values())  # type: ignore[attr-defined]


def test_a_description_of_other_arguments_is_an_error() -> None:
    class Other(ToolArguments):
        words: str
        more: str

    with pytest.raises(PromptError, match="Other"):
        tool_texts()["ledger"].schema_of(Other)


@pytest.mark.parametrize(
    ("name", "given", "id_", "has"),
    [
        ("findings", {"numbers": [3]}, "问题3", "应为66"),
        ("findings", {"numbers": []}, "问题1", "N101"),
        ("cells", {"names": ["自然人新收"]}, "格1", "填的是51"),
        ("cells", {"names": ["requests/total/total"]}, "格1", "填的是68"),
        ("ledger", {"words": "申请"}, "核对1", "不一致"),
        ("sections", {"words": "总体情况"}, "句1", "67件"),
        ("sections", {"words": "政策解读"}, "句1", "政策解读0篇"),
        ("rules", {"ids": ["T302"], "words": ""}, "规则T302", "没有发现问题"),
        ("rules", {"ids": [], "words": "申请人"}, "规则T303", "总计"),
        ("articles", {"words": "第四十九条"}, "条例49", "（摘要）"),
        ("articles", {"words": "表头 附件"}, "文件1", "国办公开办函"),
        ("what_if", {"changes": ["新收总计=66"]}, "假设1", "会消失"),
        ("what_if", {"changes": ["正文里的67件=68"]}, "假设1", "里的67改为68"),
        ("what_if", {"changes": ["正文里的67件=68", "新收总计=68"]}, "假设1", "里的67改为68"),
        ("add_up", {"plus": ["自然人新收"], "minus": ["商业企业新收"]}, "算1", "＝48"),
        ("program", {"question": "不予公开一共多少"}, "答1", "合计"),
    ],
)
def test_a_tool_gives_evidence_with_an_id(
    name: str, given: dict[str, object], id_: str, has: str
) -> None:
    result = call(name, **given)
    found = {e.id: e.text for e in result.evidence}
    assert has in found[id_]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("findings", {"numbers": [99]}),
        ("cells", {"names": ["邻县的处罚"]}),
        ("ledger", {"words": "天气"}),
        ("sections", {"words": "天气"}),
        ("rules", {"ids": ["T999"], "words": ""}),
        ("articles", {"words": "第九百条"}),
        ("what_if", {"changes": ["结转=3"]}),
        ("what_if", {"changes": ["新收总计=很多"]}),
        ("what_if", {"changes": []}),
        ("what_if", {"changes": ["正文里的777件=68"]}),
        ("what_if", {"changes": ["正文里的67件=很多"]}),
        ("what_if", {"changes": ["正文=68"]}),
        ("add_up", {"plus": ["结转"], "minus": []}),
        ("program", {"question": "局长是谁"}),
    ],
)
def test_what_is_not_there_gives_a_remark_and_no_evidence(
    name: str, given: dict[str, object]
) -> None:
    result = call(name, **given)
    assert result.evidence == ()
    assert result.remark


def test_brackets_of_a_report_are_no_ids() -> None:
    shelf = box().shelf
    place = RUN.report.sections[0].locator
    made = shelf.passage("[结论] 通过【格1】", place)
    assert "[" not in made.text
    assert "【" not in made.text


def test_types_and_page_load_no_library_for_models() -> None:
    code = (
        "import sys, ui.session, ui.handlers, checker.answers.model; "
        "sys.stdout.write(' '.join(m.partition('.')[0] for m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"langchain", "langchain_core", "openai", "gradio"} & set(done.stdout.split())


def test_nothing_is_asked_without_an_endpoint() -> None:
    with pytest.raises(ModelNotConfiguredError):
        converse(
            "？", start=(), tools=(), turns=(), verify=lambda _: None, settings=ModelSettings(),
            cancel=Event(), on_sentence=lambda _: None, on_usage=lambda _: None,
        )  # fmt: skip
