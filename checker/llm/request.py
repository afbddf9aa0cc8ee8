"""One request to a model and its raw answer, as plain values of our own."""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from checker.llm.replies import ReplyBase, schema_of
from checker.settings import StructuredOutput

TEMPERATURE: Final = 0
SEED: Final = 20190515  # any constant: the day the regulation came into force

Role = Literal["system", "user", "assistant"]


class Message(NamedTuple):
    """One message of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent.

    Attributes:
        reply: type of the reply that is asked for.
        mode: how the server is to keep the reply in form.
        steady: send temperature and seed.
    """

    messages: tuple[Message, ...]
    reply: type[ReplyBase]
    mode: StructuredOutput
    steady: bool

    def extra(self) -> dict[str, object]:
        """What the mode adds to the body of the request."""
        schema = schema_of(self.reply)
        match self.mode:
            case "json_schema":
                form = {"name": "reply", "strict": True, "schema": schema}
                return {"response_format": {"type": "json_schema", "json_schema": form}}
            case "json_object":
                return {"response_format": {"type": "json_object"}}
            case "tools":
                function = {"name": "reply", "description": "提交回答", "parameters": schema}
                return {
                    "tools": [{"type": "function", "function": function}],
                    "tool_choice": {"type": "function", "function": {"name": "reply"}},
                }
            case "prompt":
                return {}


class RawReply(NamedTuple):
    """What came back.

    Attributes:
        text: the answer; what a server calls reasoning when there is nothing else.
        finish: why the model stopped.
        refusal: it says that it will not answer.
    """

    text: str
    finish: str
    refusal: bool
    prompt_tokens: int
    completion_tokens: int
