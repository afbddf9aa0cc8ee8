"""Body of a Word document: paragraphs, tables and what floats beside them, in order."""

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from checker.readers import docx_names as w
from checker.readers.docx_inline import (
    Inline,
    InlineReader,
    chosen_alternative,
    is_filled_shape,
    plain_text,
)
from checker.readers.docx_numbering import Numbering
from checker.readers.docx_styles import (
    ListPlace,
    Style,
    Styles,
    is_shaded,
    list_place,
    number_of,
    value_of,
)
from checker.readers.docx_tables import (
    TableGrid,
    cell_marks,
    cells_of,
    is_deleted_row,
    is_hidden_row,
    rows_of,
)
from checker.readers.flow import (
    AreaMeter,
    DoubtNode,
    HiddenNode,
    Node,
    PictureNode,
    TableNode,
    TextNode,
)
from checker.readers.markup import too_deep
from checker.readers.ordinals import join_label
from checker.readers.set_aside import SetAside
from checker.settings import Limits

_MARKED_BY = frozenset({w.P_STYLE, w.NUM_PR, w.OUTLINE, w.SHADING, w.R_PR})
_WRAPPERS = frozenset({w.SDT, w.SDT_CONTENT, w.CUSTOM_XML, w.INS, w.MOVE_TO})
_DELETED = frozenset({w.DEL, w.MOVE_FROM})
_BODY_LEVEL = 9
_SHOWN_CHARACTERS = 20


class Parts(NamedTuple):
    """The parts of the package that the body refers to."""

    styles: Styles
    numbering: Numbering
    footnotes: etree._Element | None
    endnotes: etree._Element | None


class _Marks(NamedTuple):
    """Paragraph properties that decide what is read."""

    style: Style = Style()
    list_mark: etree._Element | None = None
    outline: etree._Element | None = None
    shaded: bool = False
    end_deleted: bool = False


_NO_MARKS = _Marks()


class BodyReader:
    """Reads the body of one document; list counters and tracked changes run through it.

    Args:
        parts: what the body refers to.
        name: file name for messages.
        limits: what the file may be at most.
    """

    def __init__(self, parts: Parts, *, name: str, limits: Limits) -> None:
        self._parts = parts
        self._name = name
        self._limits = limits
        # Text boxes and notes wait here until the paragraph or table around them is complete.
        self._waiting: list[Node] = []
        # Text of a paragraph whose end a tracked change deletes: it goes on in the next one.
        self._carried = ""
        self._aside = SetAside("请在 Word 中接受或拒绝全部修订后再核对。")

    def read(self, body: etree._Element, *, shaded: bool) -> list[Node]:
        """All nodes of the body, in order.

        Args:
            body: the body element.
            shaded: the page has a background colour.

        Raises:
            LimitExceededError: too deep, or a table too large.
        """
        nodes = self._blocks(body, depth=1, shaded=shaded, floating=False)
        if self._carried.strip():
            nodes.append(TextNode(self._carried))
        return nodes

    def _blocks(
        self, container: etree._Element, *, depth: int, shaded: bool, floating: bool
    ) -> list[Node]:
        """Nodes of a body, cell, text box or note.

        ``floating`` is set inside these: what waits is then handed up, not placed.
        """
        if depth > self._limits.nesting:
            raise too_deep(self._name, self._limits.nesting)
        nodes: list[Node] = []
        for child in container:
            tag = child.tag
            if tag == w.P:
                self._paragraph(child, nodes, depth=depth, shaded=shaded)
            elif tag == w.TBL:
                table = self._table(child, depth=depth, shaded=shaded)
                if table.cells:
                    nodes.append(table)
            elif tag in _WRAPPERS:
                nodes += self._blocks(child, depth=depth + 1, shaded=shaded, floating=floating)
            elif tag == w.ALTERNATE:
                for chosen in chosen_alternative(child):
                    nodes += self._blocks(chosen, depth=depth + 2, shaded=shaded, floating=floating)
            elif tag in _DELETED:
                self._aside.deleted.add(_text_below(child), nodes)
            if self._waiting and not floating:
                nodes += self._waiting
                self._waiting = []
        return nodes

    def _paragraph(
        self, paragraph: etree._Element, nodes: list[Node], *, depth: int, shaded: bool
    ) -> None:
        first = paragraph[0] if len(paragraph) else None
        marks = _NO_MARKS if first is None or first.tag != w.P_PR else self._marks(first)
        shaded = shaded or marks.style.shaded or marks.shaded
        inline: Inline | None = None
        own = self._plain(paragraph, marks, depth=depth, shaded=shaded)
        if own is None:
            inline = self._inline(paragraph, marks, depth=depth, shaded=shaded)
            read = inline.read_pieces()
            own = "".join(read.pieces)
            self._set_apart(inline, read.marks, nodes)
        if self._carried and own.strip():
            self._aside.joined.add(self._carried[-_SHOWN_CHARACTERS:], nodes)
        text = self._carried + own
        if marks.end_deleted:
            self._carried = text
        else:
            self._carried = ""
            text = join_label(self._label(marks), text)
            if text.strip():
                nodes.append(TextNode(text, _is_heading(marks)))
        if inline is not None:
            self._float(inline, depth=depth)

    def _plain(
        self, paragraph: etree._Element, marks: _Marks, *, depth: int, shaded: bool
    ) -> str | None:
        """The text of a paragraph in which nothing is special; None of one that is read whole."""
        if len(paragraph) <= (marks is not _NO_MARKS):
            return ""  # most cells of a form are empty
        if depth >= self._limits.nesting:
            return None
        return plain_text(paragraph, self._parts.styles, marks.style.look, shaded=shaded)

    def _set_apart(self, inline: Inline, marks: Sequence[str], nodes: list[Node]) -> None:
        """What stands in a paragraph and is no text of it."""
        for text in inline.deleted:
            self._aside.deleted.add(text, nodes)
        for text in inline.struck:
            self._aside.struck.add(text, nodes)
        for text in marks:
            self._aside.notes.add(text, nodes)
        nodes += [HiddenNode(t, reason) for t, reason in inline.hidden if t.strip()]

    def _marks(self, properties: etree._Element) -> _Marks:
        # One pass: a separate search for each property costs ten times as much.
        style, list_mark, outline = _NO_MARKS.style, None, None
        shaded = end_deleted = False
        for child in properties:
            tag = child.tag
            if tag not in _MARKED_BY:
                continue  # spacing, alignment: most of what is there
            if tag == w.P_STYLE:
                style = self._parts.styles.get(value_of(child))
            elif tag == w.NUM_PR:
                list_mark = child
            elif tag == w.OUTLINE:
                outline = child
            elif tag == w.SHADING:
                shaded = is_shaded(child)
            elif tag == w.R_PR:
                end_deleted = next(child.iterchildren(w.DEL), None) is not None
        return _Marks(style, list_mark, outline, shaded, end_deleted)

    def _inline(
        self, paragraph: etree._Element, marks: _Marks, *, depth: int, shaded: bool
    ) -> Inline:
        reader = InlineReader(
            self._parts.styles,
            marks.style.look,
            shaded=shaded,
            name=self._name,
            nesting=self._limits.nesting,
        )
        reader.read(paragraph, depth=depth + 1)
        return reader.found

    def _label(self, marks: _Marks) -> str:
        inherited = marks.style.place
        if marks.list_mark is None and inherited.num_id is None:
            return ""
        own = list_place(marks.list_mark)
        place = ListPlace(
            inherited.num_id if own.num_id is None else own.num_id,
            inherited.level if own.level is None else own.level,
        )
        return self._parts.numbering.label(place, style=marks.style.holder)

    def _float(self, inline: Inline, *, depth: int) -> None:
        """Text boxes, lettering and notes anchored in a paragraph wait for its end."""
        self._waiting += [TextNode(text) for text in inline.words if text.strip()]
        for box in inline.boxes:
            filled = is_filled_shape(box)
            nodes = self._blocks(box, depth=depth + 4, shaded=filled, floating=True)
            quote = _digits_quote(nodes)
            if quote:
                message = f"正文里有文本框，其中的文字“{quote}”接在所在段落之后，请核对它属于哪里。"
                self._waiting.append(DoubtNode("text_box", message, quote))
            self._waiting += nodes
        for tag, note_id in inline.notes:
            self._waiting += self._note(tag, note_id, depth=depth)
        if inline.embedded:
            message = (
                f"正文里嵌有 {inline.embedded} 个 Excel 对象，其中的数字没有读入，请对照原文件。"
            )
            self._waiting.append(DoubtNode("missing_cells", message))
        elif inline.pictures:
            self._waiting.append(PictureNode())

    def _note(self, tag: str, note_id: str, *, depth: int) -> list[Node]:
        is_footnote = tag == w.FOOTNOTE_REFERENCE
        root = self._parts.footnotes if is_footnote else self._parts.endnotes
        if root is None:
            return []
        for note in root.iterchildren(w.FOOTNOTE if is_footnote else w.ENDNOTE):
            if note.get(w.ID) == note_id:
                return self._blocks(note, depth=depth + 4, shaded=False, floating=True)
        return []

    def _table(self, element: etree._Element, *, depth: int, shaded: bool) -> TableNode:
        properties = element.find(w.TBL_PR)
        if properties is not None:
            own = properties.find(w.SHADING)
            look = self._parts.styles.get(value_of(properties.find(w.TBL_STYLE)))
            shaded = shaded or look.shaded or (own is not None and is_shaded(own))
        grid = TableGrid(AreaMeter(self._name, self._limits), span=self._limits.span)
        # What is found outside the cells of the grid is told in the next cell.
        loose: list[Node] = []
        for row in rows_of(element):
            marks = row.find(w.TR_PR)
            if is_deleted_row(marks):
                self._aside.deleted.add(_text_below(row), loose)
            elif is_hidden_row(marks):
                loose.append(HiddenNode(_text_below(row), "hidden"))
            else:
                grid.start_row(marks)
                for cell in cells_of(row):
                    self._cell(cell, grid, loose, depth=depth, shaded=shaded)
        table = grid.table()
        if table.cells:
            table.cells[0].content.extend(loose)
        return table

    def _cell(
        self,
        element: etree._Element,
        grid: TableGrid,
        loose: list[Node],
        *,
        depth: int,
        shaded: bool,
    ) -> None:
        marks = cell_marks(element)
        placed = grid.place(marks)
        coloured = shaded or marks.shaded
        waiting = len(self._waiting)
        content = self._blocks(element, depth=depth + 3, shaded=coloured, floating=True)
        if len(self._waiting) > waiting:
            self._boxes_in_cell(content, waiting)
        if self._carried.strip():
            # A cell ends where it ends, whatever happened to its last paragraph mark.
            content.append(TextNode(self._carried))
        self._carried = ""
        if marks.deleted:
            self._aside.deleted.add(_text_below(element), loose)
        elif placed is not None:
            placed.content = content
        else:
            covered = " ".join(n.text for n in content if isinstance(n, TextNode))
            if covered:
                loose.append(HiddenNode(covered, "hidden"))

    def _boxes_in_cell(self, content: list[Node], first: int) -> None:
        """Figures in a text box of a cell: those of the cell where it holds nothing else.

        Args:
            content: of the cell; the text of a box is added to one that is empty.
            first: index of the first node that waits since the cell began.
        """
        added = self._waiting[first:]
        told = [n for n in added if isinstance(n, DoubtNode) and n.kind == "text_box"]
        own = " ".join(n.text.strip() for n in content if isinstance(n, TextNode)).strip()
        for doubt in told:
            doubt.kind = "unreadable_cell"
            own_words = f"写着“{own[:_SHOWN_CHARACTERS]}”，格里" if own else "没有字，格里"
            outcome = "没有当作这一格的内容" if own else "当作这一格的内容"
            doubt.message = (
                f"表格里有一格{own_words}的文本框写着“{doubt.quote}”，{outcome}，请对照原件。"
            )
        if told and not own:
            taken = [n for n in added if isinstance(n, TextNode) or n in told]
            self._waiting[first:] = [n for n in added if n not in taken]
            content += taken


def _is_heading(marks: _Marks) -> bool:
    if marks.outline is None:
        return marks.style.heading
    return number_of(marks.outline, default=_BODY_LEVEL) < _BODY_LEVEL


def _text_below(element: etree._Element) -> str:
    return "".join(part.text or "" for part in element.iter(w.T, w.DEL_TEXT)).strip()


def _digits_quote(nodes: list[Node]) -> str:
    """The first text with a digit in it, tables included."""
    for node in nodes:
        if isinstance(node, TextNode) and any(c.isdigit() for c in node.text):
            return node.text.strip()[:_SHOWN_CHARACTERS]
        if isinstance(node, TableNode):
            found = _digits_quote([child for cell in node.cells for child in cell.content])
            if found:
                return found
    return ""
