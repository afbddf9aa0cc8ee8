"""What a word of ``rules/terms.yaml`` may stand for: the values that the code knows.

A value that nobody reads would be accepted in silence and bind nothing, so others are refused.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final, Literal

Facet = Literal[
    "topic",
    "stage",
    "applicant",
    "channel",
    "action",
    "outcome",
    "scope",
    "negation",
    "universal",
    "mark",
]

_LONGEST: Final = 20  # characters of an entry by which it is found in the file
VALUES: Final[Mapping[Facet, tuple[str, ...]]] = {
    "topic": (
        "requests",
        "reconsideration",
        "litigation",
        "litigation_direct",
        "litigation_after_reconsideration",
        "administrative_rules",
        "normative_documents",
        "licensing",
        "other_services",
        "penalties",
        "compulsion",
        "fees",
        "any_charge",
        "procurement",
        "information_fee",
        "published",
        "other",
    ),
    "stage": (
        "received",
        "new_received",
        "carried_over_in",
        "carried_over_out",
        "postponed",
        "carried",
        "handled",
        "due",
        "closed",
        "answered",
        "granted",
        "partially_granted",
        "granted_or_partially",
        "granted_any",
        "denied_any",
        "denied",
        "denied.state_secret",
        "denied.prohibited_by_law",
        "denied.security_and_stability",
        "denied.third_party_rights",
        "third_party_part",
        "denied.internal_affairs",
        "denied.deliberative_process",
        "denied.enforcement_file",
        "denied.registry_query",
        "unavailable",
        "unavailable.not_held",
        "not_held_part",
        "unavailable.creation_required",
        "unavailable.unclear_after_correction",
        "declined",
        "declined.petition_or_complaint",
        "declined.duplicate",
        "declined.published_material",
        "declined.excessive",
        "declined.reconfirmation",
        "other",
        "other.correction_overdue",
        "other.fee_unpaid",
        "other.miscellaneous",
    ),
    "applicant": (
        "natural_person",
        "citizen",
        "organizations",
        "commercial",
        "research",
        "public_benefit",
        "legal_services",
        "other_organization",
    ),
    "channel": ("channel",),
    "action": (
        "issued",
        "repealed",
        "in_force",
        "published",
        "published_total",
        "amended",
        "revised",
    ),
    "outcome": (
        "upheld",
        "corrected",
        "other",
        "pending",
    ),
    "scope": (
        "whole_area",
        "office",
        "prior_year",
        "next_year",
        "average",
        "planned",
        "intended",
        "goal",
        "others",
        "filing",
        "part_of_year",
    ),
    "negation": (
        "none_received",
        "none_happened",
        "none_charged",
        "none_made",
        "none",
    ),
    "universal": (
        "all",
        "in_time",
    ),
    "mark": (
        "parts",
        "open",
        "compared",
        "growth",
        "up",
        "down",
        "share",
        "in_time_rate",
        "closed_rate",
        "kind",
        "flaw",
        "besides",
        "disclosure",
    ),
}


def require_value(facet: Facet, value: str, words: str) -> None:
    """Refuse a value that the code does not know.

    Args:
        facet: what kind of thing the entry means.
        value: what it means.
        words: the entry, as the file has it; its beginning is named.

    Raises:
        ValueError: entry, value and allowed values, in Chinese.
    """
    known = VALUES[facet]
    if value in known:
        return
    close = get_close_matches(value, known, n=1)
    meant = f"是否指“{close[0]}”？" if close else ""
    entry = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}……"
    raise ValueError(
        f"“{entry}”一条写的是“{value}”，没有这个取值。{meant}{facet} 可用的取值：{'、'.join(known)}"
    )
