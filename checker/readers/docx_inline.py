"""Text of a paragraph: runs, fields, tracked changes, symbols, what is hidden and what floats.

Field codes, comments and deleted text are no text. Nothing is fetched that a field points to.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from checker.domain.document import HiddenReason
from checker.readers import docx_names as w
from checker.readers.docx_styles import NO_LOOK, Fate, Look, Styles, look_of
from checker.readers.markup import too_deep
from checker.readers.set_aside import Notes, without_notes

_BREAKS = frozenset({w.BR, w.CR})
_TABS = frozenset({w.TAB, w.PTAB})
_DELETED = frozenset({w.DEL, w.MOVE_FROM})
_FLOATING = frozenset({w.DRAWING, w.PICT, w.OBJECT})
_NOTES = frozenset({w.FOOTNOTE_REFERENCE, w.ENDNOTE_REFERENCE})
# Symbol fonts keep their characters at U+F000; in this one digits and signs are the usual ones.
_SYMBOL_FONT = "symbol"
_SYMBOL_BASE = 0xF000
_SYMBOL_USUAL = frozenset("0123456789.,+-/()%:;<>=")


@dataclass(slots=True)
class Inline:
    """What one paragraph holds.

    Attributes:
        pieces: visible text in order.
        hidden: text that the print does not show, with the reason.
        deleted: texts that tracked changes delete, one for each place.
        struck: texts that are crossed out.
        raised: indices of the pieces that are raised or lowered.
        boxes: content elements of text boxes anchored here.
        words: texts of decorative lettering (VML) anchored here.
        notes: footnote and endnote references: tag and id.
        embedded: number of embedded spreadsheets.
        pictures: number of pictures, those that show embedded things included.
    """

    pieces: list[str] = field(default_factory=list)
    hidden: list[tuple[str, HiddenReason]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    raised: list[int] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    embedded: int = 0
    pictures: int = 0

    def read_pieces(self) -> Notes:
        """The text without marks of notes, and these marks."""
        if not self.raised:
            return Notes(self.pieces, [])
        return without_notes(self.pieces, self.raised)


class InlineReader:
    """Reads the runs of one paragraph.

    Args:
        styles: styles of the document.
        look: what the paragraph style says about its runs.
        shaded: the paper behind the paragraph is coloured.
        name: file name for messages.
        nesting: how deep elements may be nested.
    """

    def __init__(
        self, styles: Styles, look: Look, *, shaded: bool, name: str, nesting: int
    ) -> None:
        self.found = Inline()
        self._styles = styles
        self._look = look
        self._fate = look.fate(shaded=shaded)
        self._shaded = shaded
        self._name = name
        self._nesting = nesting
        # One entry per open field: whether its result, not its code, is being read.
        self._fields: list[bool] = []

    def read(self, element: etree._Element, *, depth: int) -> None:
        """Collect everything below a paragraph or an inline container."""
        if depth > self._nesting:
            raise too_deep(self._name, self._nesting)
        for child in element:
            tag = child.tag
            if tag == w.R:
                self._run(child, depth)
            elif tag == w.P_PR or tag == w.R_PR:  # noqa: PLR1714  faster than a tuple
                continue
            elif tag in _DELETED:
                self._delete(child)
            elif tag == w.ALTERNATE:
                for chosen in chosen_alternative(child):
                    self.read(chosen, depth=depth + 1)
            elif tag == w.MATH_TEXT:
                self._text(child.text or "", self._fate)
            elif len(child):
                self.read(child, depth=depth + 1)

    def _run(self, run: etree._Element, depth: int) -> None:
        fate = self._fate
        for child in run:
            tag = child.tag
            if tag == w.T:
                self._text(_kept(child), fate)
            elif tag == w.R_PR:
                fate = fate_of(child, self._styles, self._look, shaded=self._shaded)
            elif tag in _TABS:
                self._space("\t", fate)
            elif tag in _BREAKS:
                self._space("\n", fate)
            else:
                self._special(child, fate, depth)

    def _special(self, child: etree._Element, fate: Fate, depth: int) -> None:
        tag = child.tag
        if tag == w.FLD_CHAR:
            self._field(child.get(w.FIELD_TYPE, ""))
        elif tag == w.NO_BREAK_HYPHEN:
            self._text("-", fate)
        elif tag == w.SYM:
            self._text(_symbol(child), fate)
        elif tag in _NOTES:
            self.found.notes.append((tag, child.get(w.ID, "")))
        elif tag in _FLOATING:
            self._float(child, depth + 1)
        elif tag == w.RUBY:
            base = child.find(w.RUBY_BASE)
            if base is not None:
                self.read(base, depth=depth + 2)
        elif tag == w.ALTERNATE:
            for chosen in chosen_alternative(child):
                self._run_or_float(chosen, depth + 2)

    def _run_or_float(self, chosen: etree._Element, depth: int) -> None:
        if depth > self._nesting:
            raise too_deep(self._name, self._nesting)
        self._run(chosen, depth)

    def _space(self, text: str, fate: Fate) -> None:
        """A tab or line break, which no line crosses out."""
        self._text(text, None if fate in ("struck", "raised") else fate)

    def _text(self, text: str, fate: Fate) -> None:
        if not text or not all(self._fields):
            return
        if fate is None:
            self.found.pieces.append(text)
        elif fate == "raised":
            self.found.raised.append(len(self.found.pieces))
            self.found.pieces.append(text)
        elif fate == "struck":
            self.found.struck.append(text)
        else:
            self._hide(text, fate)

    def _hide(self, text: str, reason: HiddenReason) -> None:
        hidden = self.found.hidden
        if hidden and hidden[-1][1] == reason:
            hidden[-1] = (hidden[-1][0] + text, reason)
        else:
            hidden.append((text, reason))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _delete(self, element: etree._Element) -> None:
        text = "".join(part.text or "" for part in element.iter(w.DEL_TEXT, w.T))
        if text.strip():
            self.found.deleted.append(text)

    def _float(self, element: etree._Element, depth: int) -> None:
        """Text boxes and lettering below a drawing; each alternative only once."""
        if depth > self._nesting:
            raise too_deep(self._name, self._nesting)
        for child in element:
            tag = child.tag
            if tag == w.TXBX_CONTENT:
                self.found.boxes.append(child)
            elif tag == w.ALTERNATE:
                for chosen in chosen_alternative(child):
                    self._float(chosen, depth + 1)
            elif tag == w.VML_TEXT_PATH:
                self.found.words.append(child.get("string", ""))
            elif tag in (w.PICTURE, w.VML_PICTURE):
                self.found.pictures += 1
            elif tag == w.OLE_OBJECT:
                self.found.embedded += child.get("ProgID", "").startswith(("Excel", "ET."))
            elif len(child):
                self._float(child, depth + 1)


def plain_text(
    paragraph: etree._Element, styles: Styles, look: Look, *, shaded: bool
) -> str | None:
    """The text of a paragraph that holds nothing but runs of seen text, as nearly all do.

    None for every other one, which ``InlineReader`` reads; that takes three times as long.

    Args:
        paragraph: with its properties.
        styles: styles of the document.
        look: what the paragraph style says about its runs.
        shaded: the paper behind the paragraph is coloured.
    """
    if look is not NO_LOOK and look.fate(shaded=shaded) is not None:
        return None
    text = ""
    for run in paragraph:
        if run.tag != w.R:
            if run.tag == w.P_PR or (not len(run) and run.tag != w.MATH_TEXT):
                continue  # bookmarks, marks of the spelling checker
            return None
        for child in run:
            tag = child.tag
            if tag == w.T:
                text += _kept(child)
            elif tag == w.R_PR:
                if fate_of(child, styles, look, shaded=shaded) is not None:
                    return None
            elif tag in _TABS:
                text += "\t"
            elif tag in _BREAKS:
                text += "\n"
            else:
                return None
    return text


def fate_of(properties: etree._Element, styles: Styles, base: Look, *, shaded: bool) -> Fate:
    """What becomes of a run with these properties.

    Args:
        properties: of the run.
        styles: styles of the document.
        base: what the paragraph style says about its runs.
        shaded: the paper behind the paragraph is coloured.
    """
    look, style = look_of(properties)
    if style:
        look = look.over(styles.get(style).look)
    return look.over(base).fate(shaded=shaded)


def chosen_alternative(element: etree._Element) -> Iterator[etree._Element]:
    """The one alternative of AlternateContent that is read: the first that holds something."""
    choices = [child for child in element if child.tag == w.CHOICE]
    fallbacks = [child for child in element if child.tag == w.FALLBACK]
    for alternative in choices + fallbacks:
        if next(alternative.iter(w.T, w.TXBX_CONTENT, w.VML_TEXT_PATH), None) is not None:
            yield alternative
            return


def is_filled_shape(box: etree._Element) -> bool:
    """Whether the shape around a text box has a colour of its own."""
    for parent in box.iterancestors():
        if parent.tag == w.SHAPE:
            properties = parent.find(w.SHAPE_PROPERTIES)
            return properties is not None and any(
                properties.find(fill) is not None for fill in w.FILLS
            )
        if parent.get("fillcolor") or parent.get("filled") in ("t", "true"):
            return True
    return False


def _kept(element: etree._Element) -> str:
    # A comment inside would cut the text short.
    text = element.text if not len(element) else str(element.xpath("string()"))
    if not text:
        return ""
    if "\n" in text or "\r" in text:
        text = text.replace("\r", " ").replace("\n", " ")
    if text[0] in " \t" or text[-1] in " \t":
        return text if element.get(w.SPACE) == "preserve" else text.strip(" \t")
    return text


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(w.CHAR, ""), 16)
    except ValueError:
        return ""
    if not 0 < code <= 0xFFFF:
        return ""
    low = chr(code & 0xFF)
    usual = code >> 8 in (0, _SYMBOL_BASE >> 8) and low in _SYMBOL_USUAL
    if usual and element.get(w.FONT, "").lower() == _SYMBOL_FONT:
        return low
    return chr(code)
