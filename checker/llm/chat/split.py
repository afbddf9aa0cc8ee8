"""Cuts a stream of words into sentences; a sentence is given on only when it is complete.

What a model thinks aloud (``<think>``) is dropped, and so are the marks of lists and emphasis.
"""

import re
from collections.abc import Iterator
from typing import Final

_ENDS: Final = "。！？；\n"
_OPENING, _CLOSING = "“「『", "”」』"
_CITATION: Final = re.compile(r"[\s]*(?:[\[【［][^\[\]【】［］]{1,60}[\]】］][，、,\s]*)+")
_MARKS: Final = re.compile(r"^\s*(?:[-*•·>]\s+|#{1,6}\s*|\d{1,2}[.、)）]\s*|[（(]\d{1,2}[)）]\s*)+")
_EMPHASIS: Final = re.compile(r"\*\*|__|`")
_THOUGHT: Final = ("<think>", "</think>")
_LONGEST: Final = 600
"""Characters without an end; what is longer is no sentence and is given on as it is."""


class Splitter:
    """Takes pieces and gives sentences, with the citations that stand right behind their end."""

    def __init__(self) -> None:
        self._open = ""
        self._thinking = False
        self._held = ""

    def feed(self, piece: str) -> Iterator[str]:
        """The sentences that are complete with this piece."""
        self._open += self._without_thoughts(piece)
        while (end := self._end()) is not None:
            sentence, self._open = self._open[:end], self._open[end:]
            yield from _tidy(sentence)

    def rest(self) -> Iterator[str]:
        """What is left when nothing more comes."""
        sentence = self._open if self._thinking else self._open + self._held
        self._open = self._held = ""
        yield from _tidy(sentence)

    def _without_thoughts(self, piece: str) -> str:
        """A piece without what is thought aloud; what may be the start of a mark waits."""
        text, self._held, kept = self._held + piece, "", ""
        while text:
            mark = _THOUGHT[self._thinking]
            before, found, behind = text.partition(mark)
            if not found:
                waits = next((n for n in range(len(mark) - 1, 0, -1) if text.endswith(mark[:n])), 0)
                before, self._held = text[: len(text) - waits], text[len(text) - waits :]
            kept += "" if self._thinking else before
            self._thinking = self._thinking != bool(found)
            text = behind
        return kept

    def _end(self) -> int | None:
        """Behind the first sentence, when what follows shows that no citation is still to come."""
        depth = 0
        for at, char in enumerate(self._open):
            depth += (char in _OPENING) - (char in _CLOSING and depth > 0)
            inside = depth > 0 and char != "\n"
            if char not in _ENDS or inside:
                continue
            behind = at + 1
            while self._open[behind : behind + 1] in (*_CLOSING, *_ENDS) and self._open[behind:]:
                behind += 1
            if cited := _CITATION.match(self._open, behind):
                behind = cited.end()
            following = self._open[behind:].lstrip()
            return behind if following and following[0] not in "[【［" else None
        return len(self._open) if len(self._open) > _LONGEST else None


def _tidy(sentence: str) -> Iterator[str]:
    plain = _EMPHASIS.sub("", _MARKS.sub("", sentence)).strip()
    if plain.strip("-*—=_ \n"):
        yield " ".join(plain.split())
