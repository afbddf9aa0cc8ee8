"""Mutations of a Word file: parts of the archive and elements of its XML."""

import re
from contextlib import suppress
from copy import deepcopy
from random import Random

from lxml import etree

from tests.fuzz.bits import ATTRIBUTE_VALUES, ENTITY_BOMB, FIGURES, WORD_BITS, WORD_NAMESPACE
from tests.fuzz.seeds import repack, unpack
from tests.fuzz.text_steps import Step


def inside(step: Step) -> Step:
    """The same step on ``word/document.xml`` within a sound archive."""

    def inner(data: bytes, random: Random) -> bytes:
        parts = unpack(data)
        if "word/document.xml" not in parts:
            return step(data, random)
        return repack(parts | {"word/document.xml": step(parts["word/document.xml"], random)})

    inner.__name__ = f"inside:{step.__name__}"
    return inner


def mix_parts(data: bytes, random: Random) -> bytes:
    parts = unpack(data)
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
    return repack(parts)


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
        node.set(random.choice(sorted(node.attrib)), random.choice(ATTRIBUTE_VALUES))
    elif change == 5:
        for _ in range(random.choice((1, 40, 150))):
            inner = etree.SubElement(node, node.tag)
            inner.text = random.choice(FIGURES[:20])
            node = inner
    else:
        bit = random.choice(WORD_BITS)
        with suppress(etree.XMLSyntaxError):
            wrapped = etree.fromstring(f"<x xmlns:w='{WORD_NAMESPACE}' xmlns:mc='urn:mc'>{bit}</x>")
            node.extend(list(wrapped))


def declare_entities(data: bytes, random: Random) -> bytes:
    body = data[data.find(b"?>") + 2 :]
    name = random.choice((b"&bomb;", b"&file;", b"&none;"))
    return ENTITY_BOMB.encode() + body.replace(b"</w:t>", name + b"</w:t>", 3)


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
    parts = unpack(data)
    name = random.choice(("word/document.xml", "word/media/image1.png", "docProps/app.xml"))
    return repack(parts | {name: parts.get(name, b"") + b" " * random.choice((10**6, 10**7))})
