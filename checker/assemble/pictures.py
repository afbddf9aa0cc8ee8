"""Statutory tables in whose place a picture stands: nobody has read what is in it."""

from collections.abc import Iterator, Mapping

from checker.domain.finding import Doubt
from checker.domain.locator import Locator
from checker.domain.report import AnnualReport, TableId
from checker.rulebook import FormSpec


def pictured(report: AnnualReport, form: FormSpec) -> dict[TableId, Locator]:
    """The tables that were not found, with the first picture in the section of each.

    Args:
        report: sections and tables as found.
        form: of the report.
    """
    places: dict[TableId, Locator] = {}
    for spec in form.tables:
        inside = [] if report.table(spec.id) else list(_inside(report, spec.section))
        if inside:
            places[spec.id] = inside[0]
    return places


def picture_doubts(places: Mapping[TableId, Locator], form: FormSpec) -> Iterator[Doubt]:
    """What is told of these tables."""
    for table, place in places.items():
        spec = form.table(table)
        yield Doubt(
            kind="missing_cells",
            message=f"应有表{spec.ordinal}（{spec.title}）的地方是一张图片（或嵌入的文件），其中的文字和数字没有读入，"
            "没有参加核对。请对照原件，或把图片改为文字表格再检查。",
            locator=place,
        )


def _inside(report: AnnualReport, wanted: str) -> Iterator[Locator]:
    """The pictures in a section; one in front of the next heading is still in it."""
    for section in report.sections:
        if section.id == wanted:
            for place in report.document.pictures:
                if section.locator.block < place.block <= section.last_block:
                    yield place
