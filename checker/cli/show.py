"""The commands that show what was read and what is checked, and judge nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.cli.arguments import Parser, one_of
from checker.cli.console import emit
from checker.cli.inputs import Chosen, load
from checker.settings import load_settings

if TYPE_CHECKING:
    from checker.rulebook.book import Rulebook


def _one_file(parser: Parser, files: Sequence[str]) -> Chosen:
    if len(files) != 1:
        parser.fail("没有写文件。" if not files else "这个命令一次只看一个文件。")
    return Chosen(files[0], Path(files[0]))


def _with_format(parser: Parser) -> None:
    parser.option(
        "--format",
        metavar="格式",
        text="text（默认）或 json；json 的各项与 xxgk check --format json 的相同",
        kind=one_of(("text", "json")),
    )


def run_text(argv: Sequence[str]) -> int:
    """``xxgk text``: the text that all offsets point into."""
    parser = Parser(
        "text",
        usage="文件 [--plain]",
        description="显示读到的文字。每段前面是它在全文中的起止位置和页码。",
        examples=["xxgk text 某局2024年年度报告.pdf"],
    )
    parser.positional("files", metavar="文件", text="一份报告")
    parser.switch("--plain", text="只输出文字，与结果里的 start、end 逐字对应")
    arguments = parser.parse_args(argv)
    chosen = _one_file(parser, arguments.files)

    from checker.output.listing import list_text, plain_text
    from checker.readers import read

    limits = load_settings().limits
    document = read(load(chosen, limits), name=chosen.path.name, limits=limits)
    emit(plain_text(document) if arguments.plain else list_text(document))
    return 0


def run_tables(argv: Sequence[str]) -> int:
    """``xxgk tables``: the three tables as read."""
    parser = Parser(
        "tables",
        usage="文件 [--format json]",
        description="显示读到的三张表，与官方格式的行列对照。\n"
        "（空）指格子是空的，（未印出）指报告里没有这一格，（不能确认）指我们读不准。",
        examples=["xxgk tables 某局2024年年度报告.docx"],
    )
    parser.positional("files", metavar="文件", text="一份报告")
    _with_format(parser)
    arguments = parser.parse_args(argv)
    chosen = _one_file(parser, arguments.files)

    from checker.output.listing import list_tables
    from checker.pipeline import read_report

    settings = load_settings()
    data = load(chosen, settings.limits)
    if arguments.format == "json":
        from checker.output.machine import render_part_json
        from checker.output.results import CheckedFile
        from checker.pipeline import check_report

        run = check_report(data, name=chosen.path.name, settings=settings)
        emit(render_part_json(CheckedFile(file=chosen.shown, run=run), "tables"))
    else:
        emit(list_tables(read_report(data, name=chosen.path.name, settings=settings)))
    return 0


def run_ledger(argv: Sequence[str]) -> int:
    """``xxgk ledger``: every figure of the narrative with its verdict."""
    parser = Parser(
        "ledger",
        usage="文件 [--format json]",
        description="显示数字核对表：正文里每个数字和说法，对的是表格哪一格，是否一致。",
        examples=[
            "xxgk ledger 某局2024年年度报告.docx",
            "xxgk ledger 某局2024年年度报告.docx --format json",
        ],
    )
    parser.positional("files", metavar="文件", text="一份报告")
    _with_format(parser)
    arguments = parser.parse_args(argv)
    chosen = _one_file(parser, arguments.files)

    from checker.output.ledger import list_ledger
    from checker.pipeline import check_report

    settings = load_settings()
    data = load(chosen, settings.limits)
    run = check_report(data, name=chosen.path.name, settings=settings)
    if arguments.format == "json":
        from checker.output.machine import render_part_json
        from checker.output.results import CheckedFile

        emit(render_part_json(CheckedFile(file=chosen.shown, run=run), "ledger"))
    else:
        emit(list_ledger(run))
    return 0


def run_rules(argv: Sequence[str]) -> int:
    """``xxgk rules``: the kinds of rules, the rules of one kind, those about a word, or one."""
    parser = Parser(
        "rules",
        usage="[词…] [--family 类别] [--all] | show 编号",
        description="列出规则的类别和条数；写一个词，列出内容里有这个词的规则；"
        "show 显示一条规则的依据、公式和例子。",
        examples=[
            "xxgk rules",
            "xxgk rules --family T3",
            "xxgk rules 结转",
            "xxgk rules show T301",
        ],
    )
    parser.positional("words", metavar="词 或 show 编号", text="要找的词；或 show T301")
    parser.option("--family", metavar="类别", text="只列这一类，写编号的开头或类别名，如 T3、文字")
    parser.switch("--all", text="列出全部规则，连同依据、公式和例子")
    arguments = parser.parse_args(argv)
    words: list[str] = arguments.words

    from checker.rulebook.catalogue import catalogue, show_rule
    from checker.rulebook.loader import load_rulebook

    rulebook = load_rulebook()
    if arguments.all:
        emit(catalogue(rulebook))
    elif words[:1] == ["show"]:
        if len(words) != 2:
            parser.fail("show 后面写一个规则编号。")
        shown = show_rule(rulebook, words[1].upper())
        if shown is None:
            parser.fail(f"没有编号为“{words[1]}”的规则，全部编号见 xxgk rules。")
        emit(shown)
    else:
        _list_rules(parser, rulebook, arguments.family, words)
    return 0


def _list_rules(
    parser: Parser, rulebook: "Rulebook", family: str | None, words: Sequence[str]
) -> None:
    from checker.output.rule_list import list_families, list_rules, rules_about, rules_of
    from checker.rulebook.catalogue import show_rule

    if family is None and not words:
        emit(list_families(rulebook))
        return
    found = rules_of(rulebook, family) if family is not None else None
    if found == ():
        parser.fail(f"没有“{family}”这一类规则，全部类别见 xxgk rules。")
    if words:
        named = {r.id for r in rules_about(rulebook, words)}
        found = tuple(r for r in found or rulebook.rules.values() if r.id in named)
        if not found:
            parser.fail(f"没有内容里有“{' '.join(words)}”的规则。")
    if found and len(words) == 1 and found[0].id == words[0].upper():
        emit(show_rule(rulebook, found[0].id) or "")
    elif found:
        emit(list_rules(found))


def run_schema(argv: Sequence[str]) -> int:
    """``xxgk schema``: the JSON Schema of the machine interface."""
    parser = Parser(
        "schema", usage="", description="输出 xxgk check --format json 的结构说明（JSON Schema）。"
    )
    parser.parse_args(argv)

    from checker.output.schema import render_schema

    emit(render_schema())
    return 0
