"""What the rules would find if cells or the prose held other figures; no report is edited."""

from checker.answers.whatif.compute import WhatIf, new_value, what_if
from checker.answers.whatif.figures import (
    figures_meant,
    is_about_prose,
    places_of,
    reworded,
)
from checker.answers.whatif.reply import Supposing, one_cell
from checker.answers.whatif.tell import tell_what_if

__all__ = [
    "Supposing",
    "WhatIf",
    "figures_meant",
    "is_about_prose",
    "new_value",
    "one_cell",
    "places_of",
    "reworded",
    "tell_what_if",
    "what_if",
]
