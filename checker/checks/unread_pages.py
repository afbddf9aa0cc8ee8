"""What is said to be lacking and may stand on a page that is an image is left open."""

from dataclasses import replace

from checker.assemble.image_pages import pages_of, told_pages
from checker.checks.context import CheckContext, KindResult


def without_unread(result: KindResult, context: CheckContext) -> KindResult:
    """The result of a rule without what nobody can know, and with the reason."""
    pages: set[int] = set()
    told = []
    for draft in result.drafts:
        unread = pages_of(context.report, *draft.lacks_in) if draft.lacks_in else ()
        pages.update(unread)
        told += [] if unread else [draft]
    if not pages:
        return result
    reason = f"{told_pages(sorted(pages))}，要核对的内容可能在那里，无法判断。"
    return replace(result, drafts=tuple(told), not_judged=result.not_judged + reason)
