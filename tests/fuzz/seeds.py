"""Whole reports of fictitious bodies, from which the inputs are made."""

import io
import zipfile
from functools import cache

from tests.builders import clean_report
from tests.renderers import render

Parts = dict[str, bytes]
"""The files in a Word archive, by name."""


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
    return repack(unpack(data)) if kind == "docx" else data


def unpack(data: bytes) -> Parts:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # an earlier step broke the archive: nothing to unpack
        return {}


def repack(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()
