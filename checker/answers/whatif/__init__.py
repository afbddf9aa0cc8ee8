"""What the rules would find if some cells held other figures; the report itself is never edited."""

from checker.answers.whatif.compute import WhatIf, new_value, what_if
from checker.answers.whatif.reply import Supposing, one_cell
from checker.answers.whatif.tell import tell_what_if

__all__ = ["Supposing", "WhatIf", "new_value", "one_cell", "tell_what_if", "what_if"]
