"""What a model is told about the tools: read from a prompt, never written in code."""

import re
from functools import cache
from typing import Final, NamedTuple

from checker.errors import PromptError
from checker.llm.chat.types import ToolArguments
from checker.llm.prompts import prompt

_TOOL: Final = re.compile(r"^## (\w+)\n(.+)$", re.MULTILINE)
_ARGUMENT: Final = re.compile(r"^- (\w+)：(.+)$", re.MULTILINE)


class ToolText(NamedTuple):
    """The description of a tool and of its arguments."""

    description: str
    arguments: dict[str, str]

    def schema_of(self, arguments: type[ToolArguments]) -> dict[str, object]:
        """The JSON schema of the arguments with their descriptions.

        Raises:
            PromptError: the prompt describes other arguments than there are.
        """
        if self.arguments.keys() != arguments.model_fields.keys():
            raise PromptError(
                f"提示词 chat_tools 写的参数与 {arguments.__name__} 不符。", prompt_id="chat_tools"
            )
        schema: dict[str, object] = arguments.model_json_schema()
        properties = schema.get("properties")
        for name, text in self.arguments.items():
            if isinstance(properties, dict):
                properties[name] = {**properties[name], "description": text}
        return schema


@cache
def tool_texts() -> dict[str, ToolText]:
    """The texts of all tools, by name."""
    text = prompt("chat_tools").text
    starts = [*_TOOL.finditer(text)]
    ends = [m.start() for m in starts[1:]] + [len(text)]
    return {
        m[1]: ToolText(m[2], {a[1]: a[2] for a in _ARGUMENT.finditer(text, m.end(), end)})
        for m, end in zip(starts, ends, strict=True)
    }
