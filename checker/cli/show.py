"""The commands that show what was read and what is checked, and judge nothing."""

from collections.abc import Sequence
from pathlib import Path

from checker.cli.arguments import Parser
from checker.cli.console import emit
from checker.cli.inputs import Chosen, load
from checker.settings import load_settings


def _one_file(parser: Parser, files: Sequence[str]) -> Chosen:
    if len(files) != 1:
        parser.fail("没有写文件。" if not files else "这个命令一次只看一个文件。")
    return Chosen(files[0], Path(files[0]))


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
        usage="文件",
        description="显示读到的三张表，与官方格式的行列对照。\n"
        "（空）指格子是空的，（未印出）指报告里没有这一格，（不能确认）指我们读不准。",
        examples=["xxgk tables 某局2024年年度报告.docx"],
    )
    parser.positional("files", metavar="文件", text="一份报告")
    arguments = parser.parse_args(argv)
    chosen = _one_file(parser, arguments.files)

    from checker.output.listing import list_tables
    from checker.pipeline import read_report

    settings = load_settings()
    data = load(chosen, settings.limits)
    emit(list_tables(read_report(data, name=chosen.path.name, settings=settings)))
    return 0


def run_ledger(argv: Sequence[str]) -> int:
    """``xxgk ledger``: every figure of the narrative with its verdict."""
    parser = Parser(
        "ledger",
        usage="文件",
        description="显示数字核对表：正文里每个数字和说法，对的是表格哪一格，是否一致。",
        examples=["xxgk ledger 某局2024年年度报告.docx"],
    )
    parser.positional("files", metavar="文件", text="一份报告")
    chosen = _one_file(parser, parser.parse_args(argv).files)

    from checker.output.ledger import list_ledger
    from checker.pipeline import check_report

    settings = load_settings()
    data = load(chosen, settings.limits)
    emit(list_ledger(check_report(data, name=chosen.path.name, settings=settings)))
    return 0


def run_rules(argv: Sequence[str]) -> int:
    """``xxgk rules``: the catalogue, or one rule."""
    parser = Parser(
        "rules",
        usage="[show 编号]",
        description="列出全部规则；show 显示一条规则的依据、公式和例子。",
        examples=["xxgk rules", "xxgk rules show T301"],
    )
    parser.positional("words", metavar="show 编号", text="要看的规则，如 show T301")
    words: list[str] = parser.parse_args(argv).words

    from checker.rulebook.catalogue import catalogue, show_rule
    from checker.rulebook.loader import load_rulebook

    rulebook = load_rulebook()
    match words:
        case []:
            emit(catalogue(rulebook))
        case ["show", rule]:
            shown = show_rule(rulebook, rule.upper())
            if shown is None:
                parser.fail(f"没有编号为“{rule}”的规则，全部编号见 xxgk rules。")
            emit(shown)
        case ["show"]:
            parser.fail("show 后面没有写规则编号。")
        case _:
            parser.fail(f"不认识“{' '.join(words)}”。")
    return 0


def run_schema(argv: Sequence[str]) -> int:
    """``xxgk schema``: the JSON Schema of the machine interface."""
    parser = Parser(
        "schema", usage="", description="输出 xxgk check --format json 的结构说明（JSON Schema）。"
    )
    parser.parse_args(argv)

    from checker.output.schema import render_schema

    emit(render_schema())
    return 0
