"""Whole reports of fictitious bodies with planted faults: ``eval/suites/reports``.

Each archive is the work of one writer who did not see the program: reports without a fault, copies
with one edit each, and a list of the edits. A fault is an edit that a careful reviewer would call
certain from the file alone; a twin looks like a fault and is right.
"""

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

from pydantic import ConfigDict

from checker.domain.base import Frozen

FOLDER = Path(__file__).parent / "suites" / "reports"
Part = Literal["tuning", "held_out", "held_out_rich"]
PARTS: dict[Part, tuple[str, ...]] = {
    "tuning": (
        *"abcdefghijklmnopqrstuvwxy",
        *("aa", "ab", "ac", "ad", "ae", "af", "ah", "aj", "ak", "am"),
    ),
    "held_out": ("ag", "ai", "al"),
    "held_out_rich": ("an",),
}
"""Archives that the program was tuned on, and those whose contents nobody looked at.

The writers of ``held_out`` were asked to write as offices do; those of ``held_out_rich``, and of
most of the tuning part, to put in as many figures and ways to say them as they could.
"""


class Edit(Frozen):
    """One edit of one report.

    Attributes:
        file: name of the report.
        id: stem of the edited copy.
        old, new: the text before and behind; the text may be gone.
        where: ``prose`` with the section, or ``table`` with its ordinal.
        what: why it is a fault, or why it is none.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    file: str
    id: str
    type: Literal["fault", "twin"]
    old: str
    new: str
    where: str
    what: str

    @property
    def in_table(self) -> bool:
        """Whether a cell was edited."""
        return self.where.startswith("table")


class File(NamedTuple):
    """A report as it lies in an archive."""

    name: str
    data: bytes


class Corpus(NamedTuple):
    """The reports of one writer.

    Attributes:
        clean: without a fault.
        spoiled: the edited copies by id of the edit.
    """

    name: str
    clean: tuple[File, ...]
    spoiled: dict[str, File]
    edits: tuple[Edit, ...]


def load_part(part: Part) -> Iterator[Corpus]:
    """The archives of a part that are there, in order."""
    for name in PARTS[part]:
        path = FOLDER / f"{name}.tar.xz"
        if path.exists():
            yield load_corpus(path)


def load_corpus(path: Path) -> Corpus:
    """Read one archive.

    Raises:
        KeyError: an edited copy or the list of edits is missing.
    """
    clean: list[File] = []
    spoiled: dict[str, File] = {}
    listed: tuple[Edit, ...] | None = None
    with tarfile.open(path, "r:xz") as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None:
                continue
            inside, data = PurePosixPath(member.name), content.read()
            if inside.name == "edits.json":
                listed = tuple(Edit.model_validate(e) for e in json.load(io.BytesIO(data)))
            elif inside.parts[0] == "clean":
                clean.append(File(inside.name, data))
            else:
                spoiled[inside.stem] = File(inside.name, data)
    if listed is None:
        raise KeyError("edits.json")
    missing = [e.id for e in listed if e.id not in spoiled]
    if missing:
        raise KeyError(missing[0])
    return Corpus(path.name.partition(".")[0], tuple(clean), spoiled, listed)
