"""Inputs that nobody meant to write: a number gives always the same one."""

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from functools import cache
from random import Random
from typing import NamedTuple

from lxml import etree

from tests.builders import clean_report
from tests.renderers import FORMATS, render

SUFFIXES = (".docx", ".html", ".htm", ".pdf", ".txt", ".md", ".doc", ".zip", ".jpg", "")
_MAGIC = (
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"<!DOCTYPE html><html>",
    b"<?xml version='1.0'?>",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"{\\rtf1",
)
_FIGURES = (
    "",
    "—",
    "-",
    "/",
    "无",
    "0",
    "-1",
    "+19",
    "减4",
    "１２３",
    "1,234",
    "1,23",
    "1.5",
    "1.",
    ".",
    "1e999",
    "NaN",
    "Infinity",
    "9" * 30,
    "9" * 5000,
    "0x10",
    "٣",
    "²",
    "½",
    "Ⅻ",
    "㊿",
    "〇",
    "一百零三",
    "亿万亿万",
    "万" * 300,
    "十" * 300,
    "18万余",
    "15（其中修订4件）",
    "（（（（",
    "1\u200b2",
    "1\n0",
    "⼀",
    "\ue000",
    "\U0002ffff",
    "&#0;",
    "&#x110000;",
    "&amp;lt;",
)
_HTML_BITS = (
    "<table>" * 300,
    "<div>" * 3000,
    "<table><tr><td>",
    "</td></tr></table>",
    "</table>",
    "<tr>",
    "<td rowspan=65534 colspan=1000>",
    "<td colspan='99999999'>1</td>",
    "<td rowspan='-1'>2</td>",
    "<td rowspan='0'>3</td>",
    "<td colspan='１２'>3</td>",
    "<td colspan='²'>3</td>",
    "<td colspan=''>4</td>",
    "<thead><th>",
    "<p style='display:none'>",
    "<span style='font-size:0.5px;color:#FFF'>x</span>",
    "<span style='font-size:..px'>x</span>",
    "<!-- -- >",
    "<![CDATA[",
    "<!ENTITY a SYSTEM 'file:///etc/passwd'>&a;",
    "<script>",
    "<style>td{",
    "<meta charset='utf-7'>",
    "<meta charset='gb2312'>",
    "<meta charset=''>",
    "<meta name='PubDate' content='2024-02-31'>",
    "<meta name='PubDate' content='99999-99-99'>",
    "<br>" * 500,
    "<textarea>",
    "<frameset>",
    "<svg><foreignObject>",
    "<template>",
    "<base href='//x'>",
    "\x00",
    "&nbsp;" * 200,
    "<a:b c:d='e'>",
)
_WORD_BITS = (
    '<w:gridSpan w:val="99999999"/>',
    '<w:gridSpan w:val="-3"/>',
    '<w:gridSpan w:val="x"/>',
    '<w:gridSpan w:val="²"/>',
    "<w:gridSpan/>",
    "<w:vMerge/>",
    '<w:vMerge w:val="restart"/>',
    '<w:gridBefore w:val="400000"/>',
    '<w:gridAfter w:val="-1"/>',
    "<w:tbl>",
    "</w:tbl>",
    "<w:tbl/>",
    "<w:tr/>",
    "<w:tc/>",
    "<w:tbl><w:tr><w:tc><w:tbl><w:tr/></w:tbl></w:tc></w:tr></w:tbl>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>",
    '<w:r><w:rPr><w:sz w:val="x"/><w:color w:val=""/></w:rPr><w:t>小</w:t></w:r>',
    "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>",
    "<w:ins><w:r><w:t>9</w:t></w:r></w:ins>",
    "<w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>",
    "<w:sdt><w:sdtContent>",
    "<mc:AlternateContent>",
    '<w:sym w:font="Wingdings" w:char="F0FE"/>',
    '<w:sym w:char="ZZ"/>',
    "<w:instrText>",
    "<w:p><w:r><w:tab/><w:br/><w:noBreakHyphen/></w:r></w:p>",
    "<!-- x -->",
    "<?x y?>",
    "&#0;",
    "&bomb;",
)
_ENTITY_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;"><!ENTITY bomb "&c;&c;&c;&c;&c;&c;&c;">'
    '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
)
_WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ATTRIBUTE_VALUES = (
    "99999999",
    "-1",
    "0",
    "",
    "abc",
    "２",
    "1e3",
    "65535",
    "restart",
    "³",
    "FFFFFF",
)
_PDF_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967296", b"1e9", b"9" * 40, b".")


class FuzzInput(NamedTuple):
    """One input; ``recipe`` names the steps that led to it."""

    name: str
    data: bytes
    recipe: str


def make_input(number: int) -> FuzzInput:
    """The input of that number."""
    random = Random(number)
    if random.random() < 0.06:
        return _random_input(random)
    kind = random.choice(FORMATS)
    form = random.choice(("2019", "2021"))
    data = seed_file(kind, form, random.choice((False, True)))
    steps: list[str] = [f"{kind}/{form}"]
    for _ in range(random.choice((1, 1, 2, 3))):
        step = random.choice(_STEPS[kind])
        steps.append(step.__name__)
        data = step(data, random)
    suffix = f".{kind}" if random.random() < 0.8 else random.choice(SUFFIXES)
    return FuzzInput(f"报告2023{suffix}", data, " ".join(steps))


@cache
def seed_file(kind: str, form: str, spoiled: bool) -> bytes:
    """A whole report of a fictitious body; the spoiled one holds errors and blanks."""
    plan = clean_report("2021" if form == "2021" else "2019")
    if spoiled:
        plan = plan.add("requests/granted/natural_person", 3)
        plan = plan.set_cell("requests/declined.duplicate/research", "")
        plan = plan.set_cell("appeals/reconsideration/total", "—")
        plan = plan.drop_section("problems")
    data = render(plan, kind)
    return _repack(_unpack(data)) if kind == "docx" else data


def _random_input(random: Random) -> FuzzInput:
    data = random.randbytes(random.choice((0, 1, 2, 7, 64, 900, 5000)))
    if random.random() < 0.7:
        data = random.choice(_MAGIC) + data
    return FuzzInput("乱" + random.choice(SUFFIXES), data, "random bytes")


# Bytes: any format


def _slice(data: bytes, random: Random, longest: int = 4000) -> tuple[int, int]:
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.randint(1, longest))


def flip_bytes(data: bytes, random: Random) -> bytes:
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 4, 30, 300)) if out else 0):
        out[random.randrange(len(out))] = random.randrange(256)
    return bytes(out)


def truncate(data: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def drop_front(data: bytes, random: Random) -> bytes:
    return data[random.randint(0, len(data)) :]


def repeat_slice(data: bytes, random: Random) -> bytes:
    start, end = _slice(data, random)
    return data[:end] + data[start:end] * random.choice((1, 2, 20)) + data[end:]


def drop_slice(data: bytes, random: Random) -> bytes:
    start, end = _slice(data, random)
    return data[:start] + data[end:]


def swap_slices(data: bytes, random: Random) -> bytes:
    a, b = _slice(data, random)
    c, d = _slice(data[b:], random)
    return data[:a] + data[b + c : b + d] + data[b : b + c] + data[a:b] + data[b + d :]


def insert_random(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.randbytes(random.choice((1, 3, 50))) + data[at:]


def zero_slice(data: bytes, random: Random) -> bytes:
    start, end = _slice(data, random, 600)
    return data[:start] + bytes(end - start) + data[end:]


def put_magic_before(data: bytes, random: Random) -> bytes:
    return random.choice(_MAGIC) + data


def glue_other_format(data: bytes, random: Random) -> bytes:
    other = seed_file(random.choice(FORMATS), "2019", False)
    return data + other if random.random() < 0.5 else other + data


# Text: html, txt, md and the XML inside docx


def _on_text(change: Callable[[str, Random], str]) -> "Step":
    def step(data: bytes, random: Random) -> bytes:
        text = data.decode("utf-8", errors="surrogateescape")
        return change(text, random).encode("utf-8", errors="surrogateescape")

    step.__name__ = change.__name__
    return step


def change_figures(text: str, random: Random) -> str:
    share = random.choice((0.01, 0.1, 0.9))
    figure = random.choice(_FIGURES)
    mixed = random.random() < 0.5

    def change(match: re.Match[str]) -> str:
        if random.random() > share:
            return match.group()
        return random.choice(_FIGURES) if mixed else figure

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
    return _insert(text, random, _HTML_BITS)


def insert_word_tags(text: str, random: Random) -> str:
    return _insert(text, random, _WORD_BITS)


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
    value = random.choice(_ATTRIBUTE_VALUES)
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


# Word: the parts inside the archive

Parts = dict[str, bytes]
Step = Callable[[bytes, Random], bytes]


def _unpack(data: bytes) -> Parts:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # an earlier step broke the archive: nothing to unpack
        return {}


def _repack(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def _inside(step: Step) -> Step:
    """The same step on ``word/document.xml`` within a sound archive."""

    def inner(data: bytes, random: Random) -> bytes:
        parts = _unpack(data)
        if "word/document.xml" not in parts:
            return step(data, random)
        return _repack(parts | {"word/document.xml": step(parts["word/document.xml"], random)})

    inner.__name__ = f"inside:{step.__name__}"
    return inner


def mix_parts(data: bytes, random: Random) -> bytes:
    parts = _unpack(data)
    if len(parts) < 2:
        return data
    a, b = random.sample(sorted(parts), 2)
    change = random.randrange(4)
    if change == 0:
        parts[a], parts[b] = parts[b], parts[a]
    elif change == 1:
        del parts[a]
    elif change == 2:
        parts[a] = random.randbytes(300)
    else:
        parts["../" + a] = parts.pop(a)
    return _repack(parts)


def change_tree(data: bytes, random: Random) -> bytes:
    """Elements get lost, doubled, moved or wrapped; the result is well-formed XML."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return data
    for _ in range(random.choice((1, 3, 20))):
        nodes = [e for e in root.iter() if isinstance(e.tag, str) and e is not root]
        if not nodes:
            break
        _change_element(random.choice(nodes), random.choice(nodes), random)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _change_element(node: "etree._Element", other: "etree._Element", random: Random) -> None:
    parent = node.getparent()
    change = random.randrange(7)
    if change == 0 and parent is not None:
        parent.remove(node)
    elif change == 1 and parent is not None:
        for _ in range(random.choice((1, 3, 30))):
            parent.insert(parent.index(node), deepcopy(node))
    elif change == 2:
        other.append(deepcopy(node))
    elif change == 3:
        node.tag = other.tag
    elif change == 4 and node.attrib:
        node.set(random.choice(sorted(node.attrib)), random.choice(_ATTRIBUTE_VALUES))
    elif change == 5:
        for _ in range(random.choice((1, 40, 150))):
            inner = etree.SubElement(node, node.tag)
            inner.text = random.choice(_FIGURES[:20])
            node = inner
    else:
        bit = random.choice(_WORD_BITS)
        with suppress(etree.XMLSyntaxError):
            wrapped = etree.fromstring(
                f"<x xmlns:w='{_WORD_NAMESPACE}' xmlns:mc='urn:mc'>{bit}</x>"
            )
            node.extend(list(wrapped))


def declare_entities(data: bytes, random: Random) -> bytes:
    body = data[data.find(b"?>") + 2 :]
    name = random.choice((b"&bomb;", b"&file;", b"&none;"))
    return _ENTITY_BOMB.encode() + body.replace(b"</w:t>", name + b"</w:t>", 3)


def mark_encrypted(data: bytes, random: Random) -> bytes:
    """Set flags of the zip headers: encrypted, unknown method, odd sizes."""
    out = bytearray(data)
    at = [m.start() for m in re.finditer(rb"PK\x01\x02|PK\x03\x04", data)]
    for start in random.sample(at, min(len(at), 3)):
        field = start + random.choice((6, 8, 10, 20, 24, 26))
        if field + 1 < len(out):
            out[field] = random.choice((1, 8, 0xFF))
    return bytes(out)


def inflate_part(data: bytes, random: Random) -> bytes:
    parts = _unpack(data)
    name = random.choice(("word/document.xml", "word/media/image1.png", "docProps/app.xml"))
    return _repack(parts | {name: parts.get(name, b"") + b" " * random.choice((10**6, 10**7))})


# PDF: numbers and names between the bytes


def change_pdf_numbers(data: bytes, random: Random) -> bytes:
    share = random.choice((0.002, 0.02, 0.3))
    return re.sub(
        rb"(?<= )\d+",
        lambda m: random.choice(_PDF_NUMBERS) if random.random() < share else m.group(),
        data,
    )


def change_pdf_names(data: bytes, random: Random) -> bytes:
    names = sorted(set(re.findall(rb"/[A-Za-z]+", data)))
    if not names:
        return data
    return data.replace(random.choice(names), random.choice([*names, b"/Encrypt", b"/X"]))


_BYTES: tuple[Step, ...] = (
    flip_bytes,
    truncate,
    drop_front,
    repeat_slice,
    drop_slice,
    swap_slices,
    insert_random,
    zero_slice,
    put_magic_before,
    glue_other_format,
)
_TEXT: tuple[Step, ...] = (
    *map(_on_text, (change_figures, change_figures, drop_lines, shuffle_lines, repeat_lines)),
    *map(_on_text, (change_separators, change_separators, change_labels, one_long_line)),
    reencode,
)
_TAGS: tuple[Step, ...] = tuple(
    map(_on_text, (insert_tags, insert_tags, drop_tags, change_attributes, nest_deeply, many_cells))
)
_WORD_TEXT = (change_figures, change_labels, insert_word_tags, drop_tags)
_WORD: tuple[Step, ...] = (
    *(_inside(s) for s in _BYTES[:8]),
    *(_inside(_on_text(c)) for c in (*_WORD_TEXT, change_attributes, nest_deeply)),
    *(_inside(_on_text(c)) for c in (change_figures, change_labels)),
    *[_inside(change_tree)] * 12,
    _inside(declare_entities),
    _inside(reencode),
    mix_parts,
    mark_encrypted,
    inflate_part,
)
_STEPS: dict[str, tuple[Step, ...]] = {
    "docx": (*_WORD, *_BYTES),
    "html": (*_TAGS, *_TAGS, *_TEXT, *_BYTES),
    "pdf": (change_pdf_numbers, change_pdf_numbers, change_pdf_names, *_BYTES),
    "txt": (*_TEXT, *_TEXT, *_BYTES),
    "md": (*_TEXT, *_TEXT, *_BYTES),
}
