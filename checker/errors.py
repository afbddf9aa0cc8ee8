"""The error tree: what keeps us from doing our work, never what is wrong in a report.

    CheckerError                   message (Chinese, for the user) + hint
    ├─ InputError                  path
    │  ├─ UnsupportedFormatError   found, supported
    │  ├─ UnreadableFileError      damaged, encrypted, empty
    │  ├─ LimitExceededError       limit
    │  ├─ NoTextLayerError         scanned pages
    │  └─ NotAnAnnualReportError   looked_for
    ├─ RulebookError               path, key
    │  ├─ RuleFormatError          unknown or missing field
    │  ├─ UnknownCellError         an id that stands in no form
    │  └─ DuplicateRuleError
    └─ SettingsError               name, value

Exit status: 2 for InputError and SettingsError, 3 for RulebookError and anything unforeseen.
"""

from collections.abc import Sequence


class CheckerError(Exception):
    """Base of all errors we raise on purpose.

    Args:
        message: what happened and where, in Chinese, for the user.
        hint: what the user can do about it, in Chinese.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}{self.hint}" if self.hint else self.message


class InputError(CheckerError):
    """The file cannot be checked.

    Args:
        path: name of the file as the user gave it.
    """

    def __init__(self, message: str, *, path: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path


class UnsupportedFormatError(InputError):
    """The content is of a kind that we do not read."""

    def __init__(
        self, message: str, *, path: str, found: str, supported: Sequence[str], hint: str = ""
    ) -> None:
        super().__init__(message, path=path, hint=hint)
        self.found = found
        self.supported = tuple(supported)


class UnreadableFileError(InputError):
    """The file is damaged, encrypted or empty."""


class LimitExceededError(InputError):
    """The file is larger, longer or deeper than we accept.

    Args:
        limit: name of the limit in ``settings.Limits``.
    """

    def __init__(self, message: str, *, path: str, limit: str, hint: str = "") -> None:
        super().__init__(message, path=path, hint=hint)
        self.limit = limit


class NoTextLayerError(InputError):
    """A PDF of scanned pages: there is nothing to read without OCR."""


class NotAnAnnualReportError(InputError):
    """The text is readable, but nothing of an annual report is in it."""

    def __init__(
        self, message: str, *, path: str, looked_for: Sequence[str], hint: str = ""
    ) -> None:
        super().__init__(message, path=path, hint=hint)
        self.looked_for = tuple(looked_for)


class RulebookError(CheckerError):
    """The rules that came with the program are damaged.

    Args:
        path: file below ``rules/``.
        key: the key in that file.
    """

    def __init__(self, message: str, *, path: str, key: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path
        self.key = key


class RuleFormatError(RulebookError):
    """A field is unknown, missing or of the wrong type."""


class UnknownCellError(RulebookError):
    """A formula names a row, column or group that is in no form."""


class DuplicateRuleError(RulebookError):
    """Two rule files carry one id."""


class SettingsError(CheckerError):
    """A setting has a value that we cannot use."""

    def __init__(self, message: str, *, name: str, value: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.name = name
        self.value = value
