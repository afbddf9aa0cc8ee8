"""A TrueType font of rectangles for figures, the comma and the decimal point, made from nothing.

Like the subsets that office programs write, it states neither ascent nor descent. The library then
takes the ascent from the glyph with the code of A, which in a subset may be anything: here a flat
stroke.
"""

import struct

_UNITS = 1000
_ADVANCE = 500
_LAST = ord("A")
_FIGURE = (50, 0, 450, 720)
_POINT = (20, 0, 140, 120)
_COMMA = (20, -130, 140, 310)
_STROKE = (50, 0, 450, 210)


def _glyph(box: tuple[int, int, int, int]) -> bytes:
    """One rectangle."""
    x0, y0, x1, y1 = box
    head = struct.pack(">hhhhh", 1, x0, y0, x1, y1)
    ends = struct.pack(">HH", 3, 0)
    across = struct.pack(">hhhh", x0, x1 - x0, 0, x0 - x1)
    up = struct.pack(">hhhh", y0, 0, y1 - y0, 0)
    return head + ends + b"\1\1\1\1" + across + up


def font_file() -> bytes:
    """The font; the glyph of a character has its code as index."""
    shapes = {ord("."): _POINT, ord(","): _COMMA, ord("A"): _STROKE} | {
        ord(c): _FIGURE for c in "0123456789"
    }
    glyphs, places = b"", [0]
    for code in range(_LAST + 1):
        if code in shapes:
            made = _glyph(shapes[code])
            glyphs += made + b"\0" * (-len(made) % 4)
        places.append(len(glyphs))
    count = _LAST + 1
    head = struct.pack(
        ">IIIIHHQQhhhhHHhhh",
        *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _UNITS, 0, 0),
        *(0, 0, 0, 0, 0, 8, 2, 1, 0),
    )
    tables = {
        b"glyf": glyphs,
        b"head": head,
        b"hhea": struct.pack(">IhhhH", 0x10000, 0, 0, 0, _ADVANCE)
        + b"\0" * 22
        + struct.pack(">H", count),
        b"hmtx": b"".join(
            struct.pack(">Hh", _ADVANCE, shapes.get(code, _FIGURE)[0]) for code in range(count)
        ),
        b"loca": b"".join(struct.pack(">I", place) for place in places),
        b"maxp": struct.pack(">IH", 0x10000, count)
        + struct.pack(">HHHHH", 4, 1, 0, 0, 1)
        + b"\0" * 16,
    }
    return _packed(tables)


def _packed(tables: dict[bytes, bytes]) -> bytes:
    directory = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 32)
    offset, body = len(directory) + 16 * len(tables), b""
    for tag, content in tables.items():
        directory += tag + struct.pack(">III", 0, offset + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    return directory + body


def font_objects(first: int) -> list[tuple[bytes, bytes | None]]:
    """The font as objects of a PDF.

    Args:
        first: the number of the first of them, which is the font itself.
    """
    unicode = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF>"
        b" endcodespacerange 1 beginbfrange <002E> <0039> <002E> endbfrange endcmap end"
    )
    font = (
        f"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Tiny/Encoding/Identity-H"
        f"/DescendantFonts[{first + 1} 0 R]/ToUnicode {first + 2} 0 R>>"
    )
    inner = (
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Tiny/CIDToGIDMap/Identity/DW 500"
        "/W[46[390]]/CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor"
        "<</Type/FontDescriptor/FontName/AAAAAA+Tiny/Flags 4/FontBBox[0 0 500 720]/ItalicAngle 0"
        f"/Ascent 0/Descent 0/CapHeight 0/StemV 80/FontFile2 {first + 3} 0 R>>>>"
    )
    return [
        (font.encode(), None),
        (inner.encode(), None),
        (b"<</Length %d>>", unicode),
        (b"<</Length %d>>", font_file()),
    ]
