"""文号 in the narrative: what is taken for one, what is irregular, the title in front of it."""

import pytest

from checker.checks.context import CheckContext
from checker.checks.references import Reference, references
from checker.rulebook import load_forms
from checker.rulebook.documents import DocumentNumber, parse_number
from tests.builders import clean_report


def read(text: str) -> list[Reference]:
    """The references of a report whose only prose is ``text``."""
    plan = clean_report("2021").set_section("overview", text).set_section("problems", "")
    plan.set_section("other_matters", "")
    plan.introduction = []
    forms = load_forms()
    context = CheckContext(report=plan.report(), form=forms["2021"], forms=forms)
    return list(references(context))


@pytest.mark.parametrize(
    ("text", "printed", "year", "serial", "flaws"),
    [
        ("按照国办发〔2019〕14号文件要求推进。", "国办发〔2019〕14号", 2019, 14, 0),
        ("按照云政办发﹝2024﹞5号文件要求推进。", "云政办发〔2024〕5号", 2024, 5, 0),
        ("贯彻国务院令第711号。", "国务院令第711号", None, 711, 0),
        ("贯彻国令第711号。", "国令第711号", None, 711, 0),
        ("按照国办发［2019］14号文件要求推进。", "国办发[2019]14号", 2019, 14, 1),
        ("按照国办发（2019）第014号文件推进。", "国办发(2019)第014号", 2019, 14, 3),
        ("落实国办发14号文件。", "国办发14号", None, 14, 1),
        ("落实云政办发〔24〕5号文件。", "云政办发〔24〕5号", None, 5, 1),
        ("落实云政办发〔2024〕5文件。", "云政办发〔2024〕5", 2024, 5, 1),
        ("落实云政办发〔2024〕5、6号文件。", "云政办发〔2024〕5", 2024, 5, 0),
    ],
)
def test_a_number_is_read_as_printed(
    text: str, printed: str, year: int | None, serial: int, flaws: int
) -> None:
    (found,) = read(text)
    assert (found.printed, found.year, found.serial) == (printed, year, serial)
    assert len(found.flaws) == flaws


@pytest.mark.parametrize(
    "text",
    [
        "全年办理（2024）12件，其中（一）3件。",
        "收到第3号提案，位于人民路18号。",
        "判决书(2024)云01行初12号已公开。",
        "邮编410000，电话0700-1234567。",
        "办理［2024］年度事项12项。",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert read(text) == []


def test_the_title_in_front_belongs_to_the_number() -> None:
    (found,) = read(
        "按照《关于印发〈云溪县办法〉的通知》（以下简称《通知》，云政发〔2024〕5号）办理。"
    )
    assert found.title == "通知"
    (found,) = read("按照《关于印发〈云溪县办法〉的通知》（云政发〔2024〕5号）办理。")
    assert found.title == "关于印发〈云溪县办法〉的通知"
    (found,) = read("按照云政发〔2024〕5号《云溪县办法》办理。")
    assert found.title == ""


def test_a_quote_is_the_text_of_the_file() -> None:
    plan = clean_report("2021").set_section("overview", "贯彻 国办发 ［2019］ 14 号 文件。")
    report = plan.report()
    forms = load_forms()
    context = CheckContext(report=report, form=forms["2021"], forms=forms)
    found = next(r for r in references(context) if r.flaws)
    evidence = found.narrative.evidence(context, found.span)
    assert evidence.quote == "国办发 ［2019］ 14 号"
    assert evidence.quote in report.document.text


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("国办公开办函〔2021〕30号", DocumentNumber("国办公开办函", 2021, 30)),
        ("国务院令第711号", DocumentNumber("国务院令", None, 711)),
    ],
)
def test_an_official_number_is_taken_apart(printed: str, number: DocumentNumber) -> None:
    assert parse_number(printed) == number


def test_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="不是规范的文号"):
        parse_number("国办发[2019]14号")
