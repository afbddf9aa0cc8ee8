"""Rows that a text file prints and that we could not follow: a doubt of ours, no missing row.

Only for tables of which the order of the cells is known and not their places. A label may be
broken into pieces there, or run together with its figures.
"""

from collections.abc import Collection, Iterable, Iterator

from checker.assemble.fold import fold_text
from checker.assemble.labels import label_key
from checker.assemble.reading import TableReading
from checker.domain.document import Document, Paragraph, Table, TableCell
from checker.domain.finding import Doubt
from checker.domain.report import Deviation
from checker.rulebook.shortened import is_shortened

_NEAR = 4  # paragraphs before and behind a table that may hold lines of it
_LONGER = 40  # characters of figures behind a label
_SHOWN = 3
_LEAST = 6  # characters of a part of a line beside the table


def withhold_unfollowed(
    reading: TableReading, document: Document, blocks: Collection[int]
) -> Doubt | None:
    """Take out differences of rows that are printed and were not followed.

    Args:
        reading: the table, compared with the form.
        document: what the reader found.
        blocks: the printed tables of the statutory one.

    Returns:
        What is to be told instead; None when every row was followed.
    """
    texts = [c for c in _texts(document, blocks) if reading.index.find(c.text) is None]
    pieces = {_flat(c.text) for c in texts} | set(_words(texts))
    lost = [d for d in reading.deviations if _unfollowed(d, pieces)]
    if not lost:
        return None
    labels = [d.official or "" for d in lost]
    extra = [
        d
        for d in reading.deviations
        if d.kind == "extra_row" and any(_part(_flat(d.printed or ""), label) for label in labels)
    ]
    reading.withheld += (*lost, *extra)
    reading.deviations[:] = [d for d in reading.deviations if d not in reading.withheld]
    names = "、".join(f"“{reading.row_name(d.id)}”" for d in lost[:_SHOWN])
    more = f"等{len(lost)}行" if len(lost) > _SHOWN else "行"
    return Doubt(
        kind="missing_cells",
        message=f"表{reading.spec.ordinal}{names}{more}的行名断开，或与数字连在一起，没有认准；"
        "没有读到的数没有参加核对。请对照原件，或换用 Word 文件再检查。",
        locator=next(iter(reading.cells.values())).locator,
    )


def _unfollowed(deviation: Deviation, pieces: Collection[str]) -> bool:
    """Whether a row that seems missing or renamed is printed in pieces that nobody claimed."""
    if deviation.kind == "missing_row":
        return any(_part(piece, deviation.official or "") for piece in pieces)
    return deviation.kind == "renamed_row" and _broken(deviation, pieces)


def _texts(document: Document, blocks: Collection[int]) -> Iterator[TableCell | Paragraph]:
    """Cells of the table and short lines around it that are no sentences."""
    beside = {b + n for b in blocks for n in range(-_NEAR, _NEAR + 1)}
    for index in sorted(beside):
        block = document.blocks[index] if 0 <= index < len(document.blocks) else None
        if isinstance(block, Table) and index in blocks:
            yield from (cell for cell in block.cells if cell.text)
        elif isinstance(block, Paragraph) and block.text and "。" not in block.text:
            yield block


def _words(texts: Iterable[TableCell | Paragraph]) -> Iterator[str]:
    """The parts of lines between blanks, long enough to be those of one label."""
    for text in texts:
        words = text.text.split() if isinstance(text, Paragraph) else ()
        yield from (flat for flat in map(_flat, words) if len(flat) >= _LEAST)


def _flat(text: str) -> str:
    """A label with its number, without marks: 7.属 and 7.属于行政执法案卷 begin alike."""
    return fold_text(text).replace(".", "").replace("、", "")


def _part(piece: str, label: str) -> bool:
    """Whether a text is a piece of a label, or the label with its figures."""
    whole = _flat(label)
    if len(piece) < 2 or not whole:
        return False
    bare = label_key(label).flat
    at = piece.find(bare)
    figures = at >= 0 and len(piece) <= len(whole) + _LONGER and any(c.isdigit() for c in piece)
    return whole.startswith(piece) or piece in bare or (figures and at <= len(whole) - len(bare))


def _broken(renamed: Deviation, pieces: Collection[str]) -> bool:
    """Whether a label that is only a part of the official one has its other part elsewhere."""
    printed, whole = label_key(renamed.printed or "").flat, label_key(renamed.official or "").flat
    if not is_shortened(printed, whole):
        return False
    others = whole.replace(printed, "", 1)
    return any(len(p) >= 2 and p in others for p in pieces)
