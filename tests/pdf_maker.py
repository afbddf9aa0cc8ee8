"""A small PDF writer for tests: Chinese text without embedded fonts, ruling lines, page tricks.

Coordinates are in points from the top left corner of the page, like those of the reader.
"""

import hashlib
import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.tiny_font import font_objects

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


class Merged(NamedTuple):
    """A cell of a ruled grid that covers several grid fields; ends are exclusive."""

    row: int
    column: int
    row_end: int
    column_end: int
    text: str = ""


class PdfPage:
    """One page being drawn.

    Args:
        width: as displayed.
        height: as displayed.
        rotate: value of ``/Rotate``; what is drawn is upright on the displayed page.
        crop: crop box as PDF user space (left, bottom, right, top).
        askew: by how many degrees the page is turned without what is drawn on it.
    """

    def __init__(
        self,
        width: float = 595,
        height: float = 842,
        *,
        rotate: int = 0,
        crop: tuple[float, float, float, float] | None = None,
        askew: int = 0,
    ) -> None:
        self.askew = askew
        self.width = width
        self.height = height
        self.rotate = rotate
        self.crop = crop
        self.parts: list[str] = []

    def text(
        self,
        x: float,
        top: float,
        text: str,
        *,
        size: float = 12,
        mode: int = 0,
        gray: float = 0,
        pitch: float = 0,
        font: str = "F1",
        matrix: str = "1 0 0 1",
    ) -> None:
        """Write one line; ``pitch`` is additional space after every character."""
        y = self.height - top - 0.88 * size
        shown = text.encode("utf-16-be").hex()
        self.parts.append(
            f"BT /{font} {size} Tf {mode} Tr {gray} g {pitch} Tc {matrix} {x:.2f} {y:.2f} Tm"
            f" <{shown}> Tj ET"
        )

    def column(self, x: float, top: float, text: str, *, size: float = 12) -> None:
        """Write text downwards, one character below the other."""
        for index, char in enumerate(text):
            self.text(x, top + index * size * 1.1, char, size=size)

    def line(self, x0: float, top0: float, x1: float, top1: float) -> None:
        """Draw a ruling line as a stroke."""
        a, b = self.height - top0, self.height - top1
        self.parts.append(f"0 G 0.7 w {x0:.2f} {a:.2f} m {x1:.2f} {b:.2f} l S")

    def bar(self, x0: float, top0: float, x1: float, top1: float) -> None:
        """Draw a ruling line as a thin filled rectangle, as Word does."""
        wide, high = max(x1 - x0, 0.5), max(top1 - top0, 0.5)
        self.fill(x0 - 0.25, top0 - 0.25, x0 - 0.25 + wide, top0 - 0.25 + high)

    def fill(self, x0: float, top0: float, x1: float, top1: float, *, gray: float = 0) -> None:
        """Fill a rectangle."""
        y = self.height - top1
        self.parts.append(f"{gray} g {x0:.2f} {y:.2f} {x1 - x0:.2f} {top1 - top0:.2f} re f")

    def image(self, box: tuple[float, float, float, float] | None = None) -> None:
        """Cover the page, or a box of it (left, top, right, bottom), with an image."""
        x0, top, x1, bottom = box or (0, 0, self.width, self.height)
        low = self.height - bottom
        self.parts.append(f"q {x1 - x0} 0 0 {bottom - top} {x0} {low} cm /I1 Do Q")

    def grid(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        texts: Sequence[Sequence[str]],
        *,
        merged: Sequence[Merged] = (),
        open_top: bool = False,
        open_bottom: bool = False,
        draw: Callable[[float, float, float, float], None] | None = None,
        size: float = 10,
    ) -> None:
        """Draw a ruled table; fields inside a merged cell keep their text unwritten."""
        inside = {
            (r, c): m
            for m in merged
            for r in range(m.row, m.row_end)
            for c in range(m.column, m.column_end)
        }
        self._rules(xs, ys, inside, draw or self.line, (open_top, open_bottom))
        for r, row in enumerate(texts):
            for c, text in enumerate(row):
                if (r, c) not in inside and text:
                    self._write((xs[c], ys[r], xs[c + 1], ys[r + 1]), text, size)
        for m in merged:
            if m.text:
                box = (xs[m.column], ys[m.row], xs[m.column_end], ys[m.row_end])
                self._write(box, m.text, size)

    @staticmethod
    def _rules(
        xs: Sequence[float],
        ys: Sequence[float],
        inside: dict[tuple[int, int], Merged],
        draw: Callable[[float, float, float, float], None],
        is_open: tuple[bool, bool],
    ) -> None:
        def same(a: tuple[int, int], b: tuple[int, int]) -> bool:
            return a in inside and inside[a] is inside.get(b)

        rows, columns = len(ys) - 1, len(xs) - 1
        for edge in range(rows + 1):
            if (edge == 0 and is_open[0]) or (edge == rows and is_open[1]):
                continue
            for c in range(columns):
                if not same((edge - 1, c), (edge, c)):
                    draw(xs[c], ys[edge], xs[c + 1], ys[edge])
        for edge in range(columns + 1):
            for r in range(rows):
                if not same((r, edge - 1), (r, edge)):
                    draw(xs[edge], ys[r], xs[edge], ys[r + 1])

    def _write(self, box: tuple[float, float, float, float], text: str, size: float) -> None:
        x0, top, x1, bottom = box
        lines = text.split("\n")
        first = (top + bottom) / 2 - len(lines) * size * 0.6 + size * 0.1
        for index, line in enumerate(lines):
            wide = sum(size if ord(c) > 0xFF else size / 2 for c in line)
            left = max(x0 + 2, (x0 + x1 - wide) / 2)
            self.text(left, first + index * size * 1.2, line, size=size)


class _Cipher:
    """Standard security handler, revision 2 (RC4, 40 bit): enough to test our messages."""

    def __init__(self, user: str, owner: str) -> None:
        self.id = b"0123456789abcdef"
        owner_key = hashlib.md5(self._padded(owner)).digest()[:5]
        self.owner_entry = _rc4(owner_key, self._padded(user))
        seed = self._padded(user) + self.owner_entry + b"\xfc\xff\xff\xff" + self.id
        self.key = hashlib.md5(seed).digest()[:5]
        self.user_entry = _rc4(self.key, _PAD)

    @staticmethod
    def _padded(password: str) -> bytes:
        return (password.encode() + _PAD)[:32]

    def stream(self, number: int, data: bytes) -> bytes:
        """Encrypt the stream of an object."""
        seed = self.key + number.to_bytes(3, "little") + b"\0\0"
        return _rc4(hashlib.md5(seed).digest()[:10], data)

    def entry(self) -> bytes:
        """The ``/Encrypt`` dictionary."""
        owner, user = self.owner_entry.hex(), self.user_entry.hex()
        return f"<</Filter/Standard/V 1/R 2/P -4/O<{owner}>/U<{user}>>>".encode()


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def _fonts() -> list[bytes]:
    """Two Chinese fonts (horizontal, vertical) and one whose characters have no meaning."""
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]/FontDescriptor"
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>"
    )
    plain = b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-%s"
    nameless = descendant.replace(b"Adobe", b"Own").replace(b"GB1", b"Identity")
    return [
        plain % b"H/DescendantFonts[4 0 R]>>",
        descendant,
        plain % b"V/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[7 0 R]>>",
        nameless,
    ]


def make_pdf(
    *pages: PdfPage, user_password: str | None = None, owner_password: str | None = None
) -> bytes:
    """Put pages together into a file; passwords as in Acrobat (an empty user one opens freely)."""
    cipher = None
    if user_password is not None or owner_password is not None:
        cipher = _Cipher(user_password or "", owner_password or "owner")
    first = 13
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    objects: list[tuple[bytes, bytes | None]] = [
        (b"<</Type/Catalog/Pages 2 0 R>>", None),
        (f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(), None),
        *((font, None) for font in _fonts()),
        (
            b"<</Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8"
            b"/ColorSpace/DeviceGray/Filter/FlateDecode/Length %d>>",
            zlib.compress(b"\xc0" * 64),
        ),
        *font_objects(9),
    ]
    for index, page in enumerate(pages):
        width, height = page.width, page.height
        if page.rotate in (90, 270):
            width, height = height, width
        turned = {
            0: "",
            90: f"0 1 -1 0 {width} 0 cm\n",
            180: f"-1 0 0 -1 {width} {height} cm\n",
            270: f"0 -1 1 0 0 {height} cm\n",
        }[page.rotate]
        box = f"/MediaBox[0 0 {width} {height}]"
        if page.crop:
            box += f"/CropBox[{' '.join(str(v) for v in page.crop)}]"
        head = (
            f"<</Type/Page/Parent 2 0 R{box}/Rotate {page.rotate + page.askew}"
            f"/Contents {first + 2 * index + 1}"
            " 0 R/Resources<</Font<</F1 3 0 R/FV 5 0 R/FX 6 0 R/FT 9 0 R>>/XObject<</I1 8 0 R>>>>>>"
        )
        body = zlib.compress((turned + "\n".join(page.parts)).encode("ascii"))
        objects.append((head.encode(), None))
        objects.append((b"<</Filter/FlateDecode/Length %d>>", body))
    return _assemble(objects, cipher)


def _assemble(objects: list[tuple[bytes, bytes | None]], cipher: _Cipher | None) -> bytes:
    out = bytearray(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
    offsets: list[int] = []
    for number, (head, stream) in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode()
        if stream is None:
            out += head
        else:
            body = cipher.stream(number, stream) if cipher else stream
            out += head % len(body) + b"\nstream\n" + body + b"\nendstream"
        out += b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for offset in offsets:
        out += f"{offset:010} 00000 n \n".encode()
    trailer = f"<</Size {len(objects) + 1}/Root 1 0 R".encode()
    if cipher:
        trailer += b"/ID[<%s><%s>]/Encrypt " % ((cipher.id.hex().encode(),) * 2) + cipher.entry()
    out += b"trailer\n" + trailer + b">>\nstartxref\n" + str(start).encode() + b"\n%%EOF\n"
    return bytes(out)
