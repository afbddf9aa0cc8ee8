"""Marks of Markdown that are no text: headings, emphasis, escapes, line breaks in cells."""

import html
import re

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![*\w])")
_CODE = re.compile(r"`([^`]+)`")
_PICTURE = re.compile(
    r"!\[[^\[\]]{0,200}\](?:\([^()\s]{1,500}(?:\s[^()]{0,200})?\)|\[[^\[\]]{0,100}\])"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def without_pictures(line: str) -> tuple[str, int]:
    """The line without its pictures, and how many they were: ``![表三](t3.png)``."""
    return _PICTURE.subn("", line) if "![" in line else (line, 0)


def heading_text(line: str) -> str | None:
    """The title without its marks, or None when the line is no heading."""
    match = _HEADING.fullmatch(line)
    return plain_text(match["text"]) if match and match["text"] else None


def plain_text(text: str) -> str:
    """The text as Markdown shows it: emphasis, code marks, escapes and entities resolved."""
    text = _BREAK.sub("\n", text)
    text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", text))
    text = _ESCAPE.sub(r"\1", _CODE.sub(r"\1", text))
    return html.unescape(text).strip() if "&" in text else text.strip()
