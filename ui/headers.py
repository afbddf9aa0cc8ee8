"""What every response of the page carries, and the first lines of the page itself.

Gradio sends neither security headers nor a Chinese page; both are added here, once, for every
way of serving it.
"""

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio needs inline scripts and styles and compiles its templates; nothing comes from outside.
_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
_FOREIGN_META: Final = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*?/>', re.DOTALL)


class ChinesePage:
    """Middleware: adds the headers everywhere, and language and first script to the page."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app
        script = files("ui").joinpath("assets", "boot.js").read_bytes()
        self._first = b"<head><script>\n" + script + b"</script>"

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        page = scope["path"] == "/" and scope["method"] == "GET"
        held: list[Message] = []
        body: list[bytes] = []

        async def send_on(message: "Message") -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
                if page:
                    held.append(message)
                    return
            elif page:
                body.append(message.get("body", b""))
                if not message.get("more_body"):
                    await self._send_page(held[0], b"".join(body), send)
                return
            await send(message)

        await self._app(scope, receive, send_on)

    async def _send_page(self, start: "Message", html: bytes, send: "Send") -> None:
        html = _FOREIGN_META.sub(b"", html)
        html = html.replace(b"<head>", self._first, 1).replace(b'lang="en"', b'lang="zh-CN"', 1)
        kept = [(k, v) for k, v in start["headers"] if k != b"content-length"]
        start["headers"] = [*kept, (b"content-length", str(len(html)).encode())]
        await send(start)
        await send({"type": "http.response.body", "body": html})
