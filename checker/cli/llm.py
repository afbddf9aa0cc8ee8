"""``xxgk llm check``: whether the configured language model can be used, and what to change."""

from collections.abc import Sequence
from typing import Final

from checker.cli.arguments import Parser
from checker.cli.console import coloured, emit
from checker.settings import ModelSettings, Settings, load_settings

_MARKS: Final = {"good": "可以", "doubtful": "注意", "bad": "不行"}
_COLOURS: Final = {"good": "32", "doubtful": "33", "bad": "31"}
DESCRIPTION: Final = """\
试一试设置的语言模型接口：能不能连上，密钥和模型对不对，能不能按格式回答，
能不能读完一份报告那么长的文字，有多快；不行的说明怎么改。
只发送固定的测试问题，不发送任何报告。

服务器没有反应的，等到一次提问的时限（XXGK_LLM_TIMEOUT，90 秒）就停，不再等第二次；
一份报告或一个问题总共不超过 XXGK_LLM_TOTAL_TIMEOUT（不设的是前者的两倍）。
核对时已经查出的问题不受影响；页面上可以随时停止。

不设语言模型也能核对，只是程序读不出的说法、内容是否具体、前后是否矛盾不核对。

退出码：0 可以使用；2 没有设置或不能使用。"""
NOT_SET: Final = """\
没有设置语言模型接口，核对只用程序自己的规则，不会向任何地方发送报告。

要使用语言模型，设置环境变量（任何 OpenAI 兼容的接口都可以，包括本机的 Ollama、vLLM）：
  XXGK_LLM_BASE_URL   接口地址，例如 http://127.0.0.1:11434/v1
  XXGK_LLM_MODEL      模型名称
  XXGK_LLM_API_KEY    密钥，不需要的不设
  XXGK_LLM_TIMEOUT    一次提问最多等几秒，不设为 90
  XXGK_LLM_TOTAL_TIMEOUT  一份报告或一个问题总共最多等几秒，不设为前者的两倍
也可以用 OPENAI_BASE_URL、OPENAI_MODEL、OPENAI_API_KEY，或写进设置文件的 [llm] 一节。
"""


def run(argv: Sequence[str]) -> int:
    """Run ``xxgk llm …``.

    Returns:
        0 the model can be used, 2 it cannot.

    Raises:
        CheckerError: the command line or a setting cannot be used.
    """
    parser = Parser("llm", usage="check", description=DESCRIPTION, examples=["xxgk llm check"])
    parser.positional("words", metavar="check", text="试一试设置的接口")
    words: list[str] = parser.parse_args(argv).words
    if words != ["check"]:
        parser.fail("请写 xxgk llm check。" if not words else f"不认识“{' '.join(words)}”。")
    settings = load_settings()
    if not settings.llm.configured:
        emit(NOT_SET + _what_is_there(settings.llm))
        return 2
    return _examine(settings)


def _examine(settings: Settings) -> int:
    from checker.llm.doctor import examine
    from checker.store import Store

    emit(_told(settings))
    results: list[str] = []
    colour = coloured()
    for step in examine(settings.llm, Store(settings.store)):
        mark = f"[{_MARKS[step.result]}]"
        shown = f"\x1b[{_COLOURS[step.result]}m{mark}\x1b[0m" if colour else mark
        emit(f"{shown} {step.name}：{step.says}\n")
        if step.advice:
            emit(f"       {step.advice}\n")
        results.append(step.result)
    if "bad" in results:
        emit("\n结论：现在不能使用，请按上面的提示修改后再试。核对不受影响，只是不用语言模型。\n")
        return 2
    noted = "，但请看上面标“注意”的几项" if "doubtful" in results else ""
    emit(f"\n结论：可以使用{noted}。核对时只把报告正文和三张表的数字发送到上面的地址。\n")
    return 0


def _told(settings: Settings) -> str:
    llm = settings.llm
    limit = f"，每分钟最多 {llm.requests_per_minute} 次" if llm.requests_per_minute else ""
    lines = (
        f"接口地址：{llm.base_url}（来自{llm.source}）",
        f"模型：{llm.model}",
        f"密钥：{'已设置' if llm.api_key else '没有设置'}",
        f"时限：一次提问 {llm.timeout:g} 秒，一份报告（或一个问题）总共 {llm.longest:g} 秒{limit}",
        f"缓存：{settings.store or '不使用'}",
    )
    return "\n".join(lines) + "\n\n"


def _what_is_there(llm: ModelSettings) -> str:
    """What of the three is set already, for somebody who has forgotten one."""
    if llm.base_url:
        return f"\n已设置接口地址 {llm.base_url}（来自{llm.source}），还缺模型名称。\n"
    if llm.model:
        return f"\n已设置模型 {llm.model}，还缺接口地址。\n"
    return "\n已设置密钥，还缺接口地址和模型名称。\n" if llm.api_key else ""
