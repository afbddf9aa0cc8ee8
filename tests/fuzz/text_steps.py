"""Mutations of text: lines, figures, labels and tags; also of the XML inside a Word file."""

import re
from collections.abc import Callable
from random import Random

from tests.fuzz.bits import ATTRIBUTE_VALUES, FIGURES, HTML_BITS, WORD_BITS

Step = Callable[[bytes, Random], bytes]
"""Bytes in, bytes out; the same for the same state of the random numbers."""


def on_text(change: Callable[[str, Random], str]) -> Step:
    def step(data: bytes, random: Random) -> bytes:
        text = data.decode("utf-8", errors="surrogateescape")
        return change(text, random).encode("utf-8", errors="surrogateescape")

    step.__name__ = change.__name__
    return step


def change_figures(text: str, random: Random) -> str:
    share = random.choice((0.01, 0.1, 0.9))
    figure = random.choice(FIGURES)
    mixed = random.random() < 0.5

    def change(match: re.Match[str]) -> str:
        if random.random() > share:
            return match.group()
        return random.choice(FIGURES) if mixed else figure

    return re.sub(r"\d+", change, text, count=2000)[:400_000]


def drop_lines(text: str, random: Random) -> str:
    share = random.choice((0.02, 0.2, 0.7))
    return "".join(line for line in text.splitlines(keepends=True) if random.random() > share)


def shuffle_lines(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    start, end = sorted((random.randint(0, len(lines)), random.randint(0, len(lines))))
    part = lines[start:end]
    random.shuffle(part)
    return "".join([*lines[:start], *part, *lines[end:]])


def repeat_lines(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    start = random.randint(0, len(lines))
    part = lines[start : start + random.randint(1, 60)]
    return "".join([*lines[:start], *part * random.choice((2, 3, 40)), *lines[start:]])[:400_000]


def change_separators(text: str, random: Random) -> str:
    old = random.choice(("\t", "\n", "|", " ", "\n\n", "：", "、", "。"))
    new = random.choice(("\t", "\n", "|", " ", "", "\r", "\r\n", "\u2028", "\x0b", "\x00", "　"))
    return text.replace(old, new, random.choice((1, 40, -1)))


def change_labels(text: str, random: Random) -> str:
    """Characters of labels get lost, doubled or replaced by look-alikes."""
    out = list(text)
    for _ in range(random.choice((1, 10, 200)) if out else 0):
        at = random.randrange(len(out))
        if "\u4e00" <= out[at][:1] <= "\u9fff":
            out[at] = random.choice(
                ("", out[at] * 2, "⼀", "\u200b" + out[at], "政", "三、", "总计")
            )
    return "".join(out)


def reencode(data: bytes, random: Random) -> bytes:
    encoding = random.choice(("gb18030", "utf-16", "utf-16-le", "utf-8-sig", "big5", "utf-32"))
    text = data.decode("utf-8", errors="replace")
    return text.encode(encoding, errors="replace")


def one_long_line(text: str, random: Random) -> str:
    joined = random.choice(("", " ", "\t")).join(text.split())
    return joined * random.choice((1, 1, 8))


def insert_tags(text: str, random: Random) -> str:
    return _insert(text, random, HTML_BITS)


def insert_word_tags(text: str, random: Random) -> str:
    return _insert(text, random, WORD_BITS)


def _insert(text: str, random: Random, bits: tuple[str, ...]) -> str:
    places = [m.start() for m in re.finditer("<", text)] or [0]
    for _ in range(random.choice((1, 2, 10))):
        at = random.choice(places)
        text = text[:at] + random.choice(bits) + text[at:]
    return text


def drop_tags(text: str, random: Random) -> str:
    share = random.choice((0.005, 0.05, 0.4))
    name = random.choice(("", "t", "/t", "w:t", "/w:t", "/w:p", "w:p", "td", "/table", "p"))
    pattern = "<" + re.escape(name) + "[^>]*>"
    return re.sub(pattern, lambda m: "" if random.random() < share else m.group(), text)


def change_attributes(text: str, random: Random) -> str:
    value = random.choice(ATTRIBUTE_VALUES)
    share = random.choice((0.02, 0.3, 1.0))
    return re.sub(
        r"""=(["'])[^"']*\1""",
        lambda m: f"={m[1]}{value}{m[1]}" if random.random() < share else m.group(),
        text,
        count=500,
    )


def nest_deeply(text: str, random: Random) -> str:
    tag = random.choice(("div", "table><tr><td", "b", "span", "w:sdt", "w:tbl><w:tr><w:tc", "w:r"))
    depth = random.choice((30, 180, 260, 5000))
    closing = "".join(f"</{t}>" for t in reversed(tag.replace("<", "").split(">")))
    at = random.choice([m.start() for m in re.finditer("<", text)] or [0])
    return text[:at] + f"<{tag}>" * depth + "深" + closing * depth + text[at:]


def many_cells(text: str, random: Random) -> str:
    row = "<tr>" + "<td>1</td>" * random.choice((3, 400)) + "</tr>"
    at = max(text.find("</table>"), 0)
    return text[:at] + row * random.choice((50, 300)) + text[at:]
