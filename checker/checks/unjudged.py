"""What was not judged, for people: the kinds of checks and why, not a row of codes.

The list rule by rule stays in the run; nothing is decided here.
"""

from collections.abc import Sequence
from typing import Final

from checker.assemble.passages import EMPTY_FORM
from checker.domain.run import CheckRun, RuleOutcome
from checker.rulebook.catalogue import kind_of

NO_REASON: Final = "没有说明原因。"
_FEW: Final = 3
"""So many rules of one reason are named; of more the kinds are, with how many each has."""
_LATER: Final = "填写后请再核对一次。"


def unjudged_lines(run: CheckRun) -> tuple[str, ...]:
    """Rules that could not be judged, wholly or in part; those of one reason together."""
    left = [
        o
        for o in run.outcomes
        if o.status == "not_judged" or (o.reason and o.status != "not_applicable")
    ]
    return told_together(left, empty_form=run.report.empty_form)


def told_together(
    outcomes: Sequence[RuleOutcome], *, empty_form: bool = False, otherwise: str = NO_REASON
) -> tuple[str, ...]:
    """A line for every reason; a form that nobody has filled in is one reason for all.

    Args:
        outcomes: of rules that were not judged.
        empty_form: the report is such a form.
        otherwise: the reason of those that state none.
    """
    if empty_form and len(outcomes) > _FEW:
        return (f"{_kinds(EMPTY_FORM, outcomes)}{_LATER}",)
    reasons: dict[str, list[RuleOutcome]] = {}
    for outcome in outcomes:
        reasons.setdefault(outcome.reason or otherwise, []).append(outcome)
    return tuple(_line(reason, same) for reason, same in reasons.items())


def _line(reason: str, same: Sequence[RuleOutcome]) -> str:
    if len(same) == 1:
        return f"{same[0].rule} {same[0].title}：{reason}"
    if len(same) <= _FEW:
        return f"{'、'.join(o.rule for o in same)}：{reason}"
    return _kinds(reason, same)


def _kinds(reason: str, outcomes: Sequence[RuleOutcome]) -> str:
    partly = any(o.status not in ("not_judged", "not_applicable") for o in outcomes)
    counts: dict[str, int] = {}
    for outcome in outcomes:
        kind = kind_of(outcome.rule)
        counts[kind] = counts.get(kind, 0) + 1
    listed = "、".join(f"{kind}{count}条" for kind, count in counts.items())
    return (
        f"{reason}{'涉及' if partly else '没有核对的'}：{listed}，共{sum(counts.values())}条规则。"
    )
