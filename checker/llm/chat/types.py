"""What goes into and comes out of a conversation with a model; nothing here decides anything."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict

from checker.domain.base import Frozen

Arguments = TypeVar("Arguments", bound="ToolArguments")


class ToolArguments(BaseModel):
    """What a model says when it calls a tool; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(Frozen):
    """One thing that a sentence may rest on.

    Attributes:
        id: what stands in the brackets of a citation, e.g. 格3; unique in a conversation.
        text: what the model is shown, on one line.
        license: words of our own, never of the report, in which it is said that something is
            right; only what stands here may be called right by a model.
        whole: the license is about the report as a whole.
        frame: a sentence that cites it has to use one of these words, e.g. 如果.
        norm: it says how things should be (an article, a rule), not how they are.
    """

    id: str
    text: str
    license: str = ""
    whole: bool = False
    frame: tuple[str, ...] = ()
    norm: bool = False


class ToolResult(NamedTuple):
    """What a tool gives back: evidence, and a remark that is none."""

    evidence: tuple[Evidence, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ChatTool:
    """Something that a model may look up; its description stands in the prompts.

    Attributes:
        arguments: a type of ``ToolArguments``; ``call`` is given a value of it.
    """

    name: str
    arguments: type[ToolArguments]
    call: Callable[[ToolArguments], ToolResult]


def tool(
    name: str, arguments: type[Arguments], call: Callable[[Arguments], ToolResult]
) -> ChatTool:
    """A tool whose function wants arguments of a type of its own."""

    def called(given: ToolArguments) -> ToolResult:
        if not isinstance(given, arguments):
            raise TypeError(f"{name} was given {type(given).__name__}")
        return call(given)

    return ChatTool(name, arguments, called)


class Turn(Frozen):
    """A question of before and the sentences that were shown."""

    question: str
    answer: str


class Sentence(NamedTuple):
    """A sentence that holds.

    Attributes:
        text: with its citations.
        ids: the evidence that they name.
        refusal: it says that there is no basis for an answer, and nothing else.
    """

    text: str
    ids: tuple[str, ...] = ()
    refusal: bool = False


class Talked(NamedTuple):
    """A finished answer.

    Attributes:
        sentences: those that hold, in order.
        withheld: how many did not hold and were not shown.
        refused: the model says that there is no basis for an answer.
    """

    sentences: tuple[Sentence, ...]
    withheld: int
    refused: bool
