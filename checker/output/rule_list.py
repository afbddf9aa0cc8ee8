"""What ``xxgk rules`` prints: the kinds of rules with their numbers, or the rules of one kind."""

from collections.abc import Iterator, Sequence
from typing import Final

from checker.output.width import columns
from checker.rulebook.book import Rule, Rulebook
from checker.rulebook.catalogue import FAMILIES, SEVERITIES

SEE_ONE: Final = "看一条规则的依据、公式和例子：xxgk rules show {rule}"
SEE_MORE: Final = (
    "看一类的各条规则：xxgk rules --family {family}（编号的开头或类别名）",
    "按词查找：xxgk rules 结转",
    "全部规则连同依据和例子（很长）：xxgk rules --all",
)
NOT_IN_FORCE: Final = {"trial": "试行", "retired": "停用", "stable": ""}


def list_families(rulebook: Rulebook) -> str:
    """Every kind of rule with the number of its rules by severity, and how to see more."""
    rows = [("类别", "编号", "条数", *SEVERITIES.values())]
    counted: list[Rule] = []
    for prefix, title in FAMILIES:
        rules = rules_of(rulebook, prefix)
        if rules:
            counted += rules
            rows.append((title, _span(rules), str(len(rules)), *_counts(rules)))
    rows.append(("合计", "", str(len(counted)), *_counts(counted)))
    lines = columns(rows, right=range(2, len(rows[0])))
    example = counted[0].id if counted else ""
    family = next((p for p, _ in FAMILIES if rules_of(rulebook, p)), "")
    hints = (SEE_ONE.format(rule=example), *(s.format(family=family) for s in SEE_MORE))
    return "\n".join((*lines, "", *hints)) + "\n"


def list_rules(rules: Sequence[Rule]) -> str:
    """Rules with severity and title, one in a line."""
    rows = [(r.id, SEVERITIES[r.severity], _title(r)) for r in rules]
    lines = columns(rows, open_ended=2)
    return "\n".join((*lines, "", SEE_ONE.format(rule=rules[0].id))) + "\n"


def rules_of(rulebook: Rulebook, family: str) -> tuple[Rule, ...]:
    """The rules of one kind, named by the beginning of their ids or by a part of its title."""
    plain = family.upper()
    named = [p for p, title in FAMILIES if p == plain or title.split(" ")[0] == family]
    named = named or [p for p, title in FAMILIES if p.startswith(plain) or family in title]
    return tuple(r for r in rulebook.rules.values() if any(r.id.startswith(p) for p in named))


def rules_about(rulebook: Rulebook, words: Sequence[str]) -> tuple[Rule, ...]:
    """The rules whose id, title, reason or exceptions hold every word."""
    return tuple(
        rule
        for rule in rulebook.rules.values()
        if all(any(w.upper() in text.upper() for text in _texts(rule)) for w in words)
    )


def _texts(rule: Rule) -> Iterator[str]:
    yield from (rule.id, rule.title, rule.why, *rule.exceptions)


def _title(rule: Rule) -> str:
    state = NOT_IN_FORCE[rule.status]
    return f"{rule.title}（{state}）" if state else rule.title


def _span(rules: Sequence[Rule]) -> str:
    first, last = rules[0].id, rules[-1].id
    return first if first == last else f"{first}-{last}"


def _counts(rules: Sequence[Rule]) -> tuple[str, ...]:
    numbers = (sum(r.severity == severity for r in rules) for severity in SEVERITIES)
    return tuple(str(n) if n else "" for n in numbers)
