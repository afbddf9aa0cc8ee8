"""From what a model wrote to a typed reply: strict, and never by repairing what is broken.

Removed is only what stands around one JSON object: thoughts, fences, words. Two objects, a
repeated key, NaN, a cut-off end, an unknown key or a wrong type are a bad reply.
"""

import json
import re
from collections.abc import Sequence
from typing import Final, NoReturn, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from checker.errors import BadReplyError
from checker.llm.replies import ReplyBase

_Reply = TypeVar("_Reply", bound=ReplyBase)

LONGEST: Final = 400_000  # characters; what is longer is no reply to our questions
_THOUGHT_TAG: Final = re.compile(r"<(/?)think(?:ing)?>", re.IGNORECASE)
_TRIES: Final = 50  # opening braces that are looked at; every look may read to the end
_NAMED: Final = 8  # errors named in a request for repair


def parse_reply(text: str, reply: type[_Reply]) -> _Reply:
    """Read a reply.

    Raises:
        BadReplyError: it is not of the type; the message says why, without text of the reply.
    """
    if not text.strip():
        raise BadReplyError("回答是空的。")
    if len(text) > LONGEST:
        raise BadReplyError("回答太长。")
    found = _only_object(text)
    try:
        return reply.model_validate_json(found, strict=True)
    except ValidationError as error:
        raise BadReplyError(_explain(error)) from None


def _only_object(text: str) -> str:
    """The one JSON object in a text.

    Raises:
        BadReplyError: none, several, or one that is no proper JSON.
    """
    plain = text.strip()
    if _is_object(plain):
        return plain
    objects = _objects(_without_thoughts(plain))
    if len(objects) == 1:
        return objects[0]
    raise BadReplyError(
        "回答里有不止一个 JSON 对象。" if objects else "回答里没有完整的 JSON 对象。"
    )


def _without_thoughts(text: str) -> str:
    """The text outside ``<think>``; servers may leave out the opening tag."""
    parts: list[str] = []
    start, inside = 0, False
    for tag in _THOUGHT_TAG.finditer(text):
        if not tag[1]:
            if not inside:
                parts.append(text[start : tag.start()])
            inside = True
            continue
        if not inside:
            parts.clear()
        start, inside = tag.end(), False
    return "".join(parts if inside else [*parts, text[start:]])


def _is_object(text: str) -> bool:
    """Whether the whole text is one proper JSON object.

    Raises:
        BadReplyError: it is one, but a key occurs twice or a number is no number.
    """
    try:
        return isinstance(_DECODER.decode(text), dict)
    except (json.JSONDecodeError, RecursionError):
        return False


def _objects(text: str) -> Sequence[str]:
    """Proper JSON objects between other words, outermost ones only."""
    found: list[str] = []
    start = text.find("{")
    for _ in range(_TRIES):
        if start < 0 or len(found) > 1:
            break
        try:
            _, end = _DECODER.raw_decode(text, start)
        except json.JSONDecodeError:
            end = start + 1
        except RecursionError:
            break
        else:
            found.append(text[start:end])
        start = text.find("{", end)
    return found


def _no_repeated_key(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise BadReplyError("回答的 JSON 里有重复的键。")
    return result


def _no_constant(name: str) -> NoReturn:
    raise BadReplyError(f"回答的 JSON 里有 {name}，这不是有效的 JSON。")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_no_repeated_key, parse_constant=_no_constant)


_WRONG: Final = {
    "missing": "缺少",
    "tuple_type": "应为列表",
    "list_type": "应为列表",
    "string_type": "应为文字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "decimal_type": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "literal_error": "不是可选的值",
    "enum": "不是可选的值",
    "model_type": "应为对象",
    "dict_type": "应为对象",
    "too_long": "项数太多",
    "too_short": "项数太少",
    "string_too_long": "太长",
    "string_too_short": "太短",
}
_OTHERWISE: Final = "不合要求"


def _explain(error: ValidationError) -> str:
    """Where and what, for the model to correct; nothing of what it wrote."""
    errors = error.errors(include_url=False, include_input=False)
    named = list(dict.fromkeys(map(_place, errors)))
    more = f"等 {len(named)} 处" if len(named) > _NAMED else ""
    return f"回答不符合要求的结构：{'；'.join(named[:_NAMED])}{more}。"


def _place(error: ErrorDetails) -> str:
    place = [str(part) for part in error["loc"]]
    if error["type"] == "extra_forbidden":  # the key is the model's own word
        return f"{'.'.join(place[:-1]) or '整体'}有多余的键"
    return f"{'.'.join(place) or '整体'}（{_WRONG.get(error['type'], _OTHERWISE)}）"
