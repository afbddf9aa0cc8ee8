"""All settings; the only module that reads the environment (``XXGK_…``)."""

import os
from functools import cache

from pydantic import Field, ValidationError

from checker.domain.base import Frozen
from checker.errors import SettingsError


class Limits(Frozen):
    """What a file may be at most; beyond it the file is refused with a message.

    Attributes:
        file_bytes: size of the file.
        pages: pages of a PDF.
        unpacked_bytes: size of all parts of a zip-based file after unpacking.
        unpack_ratio: unpacked size divided by packed size.
        table_cells: cells of one table, spans expanded.
        span: rowspan or colspan of one cell.
        nesting: depth of nested elements.
        text_chars: characters of the whole text.
        blocks: paragraphs and tables; a real report has some 300.
    """

    file_bytes: int = 50 * 1024 * 1024
    pages: int = 300
    unpacked_bytes: int = 200 * 1024 * 1024
    unpack_ratio: int = 200
    table_cells: int = 20_000
    span: int = 500
    nesting: int = 200
    text_chars: int = 2_000_000
    blocks: int = 20_000


class Settings(Frozen):
    """Settings of a run, from environment variables with the prefix ``XXGK_``.

    Attributes:
        host: address on which the page listens (``XXGK_HOST``).
        port: port on which the page listens (``XXGK_PORT``).
        limits: limits for input files (``XXGK_LIMITS__FILE_BYTES`` and so on).
    """

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    limits: Limits = Limits()


_PREFIX = "XXGK_"
_SECTION = "LIMITS__"


@cache
def load_settings() -> Settings:
    """The settings of this process.

    Variables are few and flat, so they are read here; a settings library would take a third of
    the start-up time of the command line.

    Raises:
        SettingsError: a variable has a value that cannot be used.
    """
    values: dict[str, object] = {}
    limits: dict[str, str] = {}
    for name, value in os.environ.items():
        key = name.upper().removeprefix(_PREFIX)
        if key == name.upper():
            continue
        if key.startswith(_SECTION) and key.removeprefix(_SECTION).lower() in Limits.model_fields:
            limits[key.removeprefix(_SECTION).lower()] = value
        elif key in ("HOST", "PORT"):
            values[key.lower()] = value
    try:
        return Settings.model_validate({**values, "limits": limits})
    except ValidationError as error:
        first = error.errors()[0]
        name = _PREFIX + "__".join(str(p) for p in first["loc"]).upper()
        raise SettingsError(
            f"设置 {name} 的值“{first['input']}”不能使用。",
            name=name,
            value=str(first["input"]),
            hint="请改正或删除这个环境变量。",
        ) from error


def no_color() -> bool:
    """Whether the user asked for no colours in terminals (https://no-color.org)."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
