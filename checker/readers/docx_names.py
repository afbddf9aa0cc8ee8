"""Tag and attribute names of WordprocessingML that the reader looks at."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"

BODY = _W + "body"
BACKGROUND = _W + "background"
P, R, T, TBL, TR, TC = (_W + tag for tag in ("p", "r", "t", "tbl", "tr", "tc"))
P_PR, R_PR, TBL_PR, TR_PR, TC_PR = (
    _W + tag for tag in ("pPr", "rPr", "tblPr", "trPr", "tcPr")
)  # fmt: skip
P_STYLE, R_STYLE, TBL_STYLE = (_W + tag for tag in ("pStyle", "rStyle", "tblStyle"))
SDT, SDT_CONTENT, CUSTOM_XML = (_W + tag for tag in ("sdt", "sdtContent", "customXml"))
INS, DEL, MOVE_TO, MOVE_FROM = (_W + tag for tag in ("ins", "del", "moveTo", "moveFrom"))
CELL_DEL, DEL_TEXT = _W + "cellDel", _W + "delText"
TAB, PTAB, BR, CR = (_W + tag for tag in ("tab", "ptab", "br", "cr"))
NO_BREAK_HYPHEN, SYM, FLD_CHAR = (_W + tag for tag in ("noBreakHyphen", "sym", "fldChar"))
RUBY, RUBY_BASE = _W + "ruby", _W + "rubyBase"
DRAWING, PICT, OBJECT = (_W + tag for tag in ("drawing", "pict", "object"))
FOOTNOTE_REFERENCE, ENDNOTE_REFERENCE = _W + "footnoteReference", _W + "endnoteReference"
FOOTNOTE, ENDNOTE = _W + "footnote", _W + "endnote"
ALT_CHUNK, SUB_DOC = _W + "altChunk", _W + "subDoc"
TXBX_CONTENT = _W + "txbxContent"
GRID_SPAN, GRID_BEFORE, V_MERGE, H_MERGE = (
    _W + tag for tag in ("gridSpan", "gridBefore", "vMerge", "hMerge")
)  # fmt: skip
HIDDEN = _W + "hidden"
VANISH, SPEC_VANISH, COLOR, SIZE, SHADING, HIGHLIGHT = (
    _W + tag for tag in ("vanish", "specVanish", "color", "sz", "shd", "highlight")
)  # fmt: skip
STRIKE, DOUBLE_STRIKE, VERTICAL = (_W + tag for tag in ("strike", "dstrike", "vertAlign"))
STYLE, NAME, BASED_ON, OUTLINE = (_W + tag for tag in ("style", "name", "basedOn", "outlineLvl"))
NUM_PR, NUM_ID, LEVEL_REF = _W + "numPr", _W + "numId", _W + "ilvl"
NUM, ABSTRACT, ABSTRACT_ID, OVERRIDE, START_OVERRIDE, LEVEL = (
    _W + tag
    for tag in ("num", "abstractNum", "abstractNumId", "lvlOverride", "startOverride", "lvl")
)  # fmt: skip
START, FORMAT, LEVEL_TEXT, RESTART, LEGAL, STYLE_LINK, NUM_STYLE_LINK = (
    _W + tag
    for tag in ("start", "numFmt", "lvlText", "lvlRestart", "isLgl", "styleLink", "numStyleLink")
)  # fmt: skip

ALTERNATE, CHOICE, FALLBACK = (_MC + tag for tag in ("AlternateContent", "Choice", "Fallback"))
MATH_TEXT = _M + "t"
PICTURE, VML_PICTURE = _PIC + "pic", _V + "imagedata"
VML_TEXT_PATH = _V + "textpath"
OLE_OBJECT = _O + "OLEObject"
SHAPE = _WPS + "wsp"
SHAPE_PROPERTIES = _WPS + "spPr"
FILLS = tuple(_A + tag for tag in ("solidFill", "gradFill", "blipFill", "pattFill"))

VAL, FILL, CHAR, FONT, ID, STYLE_ID = (
    _W + name for name in ("val", "fill", "char", "font", "id", "styleId")
)  # fmt: skip
FIELD_TYPE, ABSTRACT_REF, LEVEL_INDEX = _W + "fldCharType", _W + "abstractNumId", _W + "ilvl"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
