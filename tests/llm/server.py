"""A real HTTP server on loopback that speaks chat completions and misbehaves as told.

It answers from a queue of steps; a request that nobody expected is recorded and fails the test.
The question by which a server is tried out is answered without the queue, as far as the server
is said to support the mode.
"""

import json
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODES = frozenset({"json_schema", "json_object", "tools", "prompt"})
MODEL = "lingxi-1"
KEY = "sk-not-a-real-key-4711"

Json = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One answer, good or bad.

    Attributes:
        reply: an object that is sent as the mode of the request wants it.
        content: words that are sent as they are.
        body: bytes that are sent instead of a chat completion.
        calls: tools that the model calls, with their arguments as JSON text or objects.
        delay: seconds before the first byte.
        drip: seconds between single bytes.
        cut: close the connection after so many bytes.
    """

    reply: object = None
    content: str | None = None
    calls: tuple[tuple[str, object], ...] = ()
    reasoning: str | None = None
    reasoning_field: str = "reasoning_content"
    refusal: str | None = None
    finish: str | None = "stop"
    usage: tuple[int, int] | None = (1200, 80)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    delay: float = 0
    drip: float = 0
    cut: int | None = None


def error(status: int, message: str, **more: str) -> Step:
    """An answer with an error, as servers of OpenAI's kind word it."""
    inner = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return Step(status=status, body=json.dumps({"error": {**inner, **more}}).encode())


@dataclass
class Server:
    """What the server does and what it was asked.

    Attributes:
        steps: answers to come, in order; each is used once.
        always: the answer when no step is left; None fails the test.
        modes: modes that the server knows; others are refused with 400.
        ignored: modes that it accepts and does not heed.
        crashing: modes that it answers with 500.
        refused: parameters that it refuses with 400.
        models, list_status: what it says about its models.
        list_body: bytes that it says instead.
        list_drip: seconds between their single bytes.
        hangs: seconds for which it says nothing to any request.
        gate: no request is answered before as many wait as it has parties.
        requests: bodies of all requests, tries included.
        asked: bodies of the requests that were no tries.
        keys, paths: header Authorization and address of all requests.
        times: when requests for a completion came.
    """

    steps: deque[Step] = field(default_factory=deque)
    always: Step | None = None
    modes: frozenset[str] = MODES
    ignored: frozenset[str] = frozenset()
    crashing: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    models: tuple[Json, ...] = ({"id": MODEL, "object": "model"},)
    list_status: int = 200
    list_body: bytes | None = None
    list_drip: float = 0
    hangs: float = 0
    gate: threading.Barrier | None = None
    requests: list[Json] = field(default_factory=list)
    asked: list[Json] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    closed_early: int = 0
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def will(self, *steps: Step) -> None:
        """Answer the next requests so."""
        self.steps.extend(steps)

    def step_for(self, body: Json) -> Step:
        """What to answer to a request."""
        with self.lock:
            self.requests.append(body)
            self.times.append(time.monotonic())
            step = self._refusal(body) or self._tried(body) or self._next(body)
        return replace(step, delay=self.hangs) if self.hangs else step

    def _refusal(self, body: Json) -> Step | None:
        if wrong := self.refused & body.keys():
            return error(400, f"Unsupported parameter: '{min(wrong)}'.")
        if mode_of(body) in self.crashing:
            return error(500, "Internal Server Error")
        if mode_of(body) not in self.modes:
            return error(400, "This response_format type is unavailable now")
        return None

    def _tried(self, body: Json) -> Step | None:
        if not words_of(body).startswith("请回答：中华人民共和国的首都"):
            return None
        if mode_of(body) in self.ignored:
            return Step(content="首都是北京，两个字。")
        return Step(reply={"city": "北京", "characters": 2})

    def _next(self, body: Json) -> Step:
        self.asked.append(body)
        if self.steps:
            return self.steps.popleft()
        if self.always is None:
            self.unexpected.append(json.dumps(body, ensure_ascii=False)[:200])
            return error(418, "unexpected request")
        return self.always


def mode_of(body: Json) -> str:
    """In which mode a request asks for its reply."""
    if "tools" in body:
        return "tools"
    form = body.get("response_format")
    return str(form["type"]) if isinstance(form, dict) else "prompt"


def words_of(body: Json) -> str:
    """All words of a request."""
    messages = body["messages"]
    assert isinstance(messages, list)
    return "\n".join(str(m["content"]) for m in messages)


def _message(step: Step, mode: str) -> Json:
    message: Json = {"role": "assistant", "content": step.content or ""}
    if step.reply is not None:
        text = json.dumps(step.reply, ensure_ascii=False)
        if mode == "tools":
            call = {"name": "reply", "arguments": text}
            message["tool_calls"] = [{"id": "call_1", "type": "function", "function": call}]
            message["content"] = None
        else:
            message["content"] = text
    if step.calls:
        message["tool_calls"] = [
            {"id": f"call_{n}", "type": "function", "function": {"name": name, "arguments": text}}
            for n, (name, given) in enumerate(step.calls)
            for text in [given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)]
        ]
    if step.reasoning is not None:
        message[step.reasoning_field] = step.reasoning
    if step.refusal is not None:
        message["refusal"] = step.refusal
    return message


def _completion(step: Step, mode: str) -> bytes:
    answer: Json = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": MODEL,
        "choices": [{"index": 0, "message": _message(step, mode), "finish_reason": step.finish}],
    }
    if step.usage:
        prompt, completion = step.usage
        answer["usage"] = {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
        }
    return json.dumps(answer, ensure_ascii=False).encode()


def _events(step: Step, mode: str) -> bytes:
    """The same answer in pieces, as server-sent events; the count of tokens comes last."""
    message = _message(step, mode)
    text = str(message["content"] or "")
    deltas: list[Json] = [{"role": "assistant", "content": ""}]
    if step.refusal is not None:
        deltas.append({"refusal": step.refusal})
    deltas += [{"content": text[i : i + 3]} for i in range(0, len(text), 3)]
    calls = message.get("tool_calls", [])
    assert isinstance(calls, list)
    deltas += [{"tool_calls": [{"index": n, **call}]} for n, call in enumerate(calls)]
    finish = "tool_calls" if step.calls and step.finish == "stop" else step.finish
    head = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": MODEL}
    chunks = [
        {**head, "choices": [{"index": 0, "delta": d, "finish_reason": None}]} for d in deltas
    ]
    chunks.append({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    if step.usage:
        prompt, completion = step.usage
        usage = {"prompt_tokens": prompt, "completion_tokens": completion}
        total = {"total_tokens": prompt + completion}
        chunks.append({**head, "choices": [], "usage": {**usage, **total}})
    lines = [f"data: {json.dumps(c, ensure_ascii=False)}\n\n" for c in chunks]
    return "".join([*lines, "data: [DONE]\n\n"]).encode()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            """Nothing on the screen."""

        def do_GET(self) -> None:
            server.keys.append(self.headers.get("Authorization", ""))
            server.paths.append(self.path)
            if self.path == "/v1/models":
                body = json.dumps({"object": "list", "data": list(server.models)}).encode()
                body = b"{}" if server.list_status != 200 else body
                body = body if server.list_body is None else server.list_body
                step = Step(status=server.list_status, drip=server.list_drip)
                self._give(step, body, "application/json")
            else:
                self._give(Step(status=404), b'{"error": "no such path"}', "application/json")

        def do_POST(self) -> None:
            server.keys.append(self.headers.get("Authorization", ""))
            server.paths.append(self.path)
            data = self.rfile.read(int(self.headers["Content-Length"]))
            if not self.path.endswith("/v1/chat/completions"):
                self._give(Step(status=404), b'{"error": "no such path"}', "application/json")
                return
            body: Json = json.loads(data)
            step = server.step_for(body)
            time.sleep(step.delay)
            if server.gate is not None:
                try:
                    server.gate.wait()
                except threading.BrokenBarrierError:
                    step = error(500, "too few requests at the same time")
            if step.body is not None:
                self._give(step, step.body, "application/json")
            elif body.get("stream"):
                self._give(step, _events(step, mode_of(body)), "text/event-stream")
            else:
                self._give(step, _completion(step, mode_of(body)), "application/json")

        def _give(self, step: Step, body: bytes, kind: str) -> None:
            self.send_response(step.status)
            for name, value in {"Content-Type": kind, **step.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            try:
                self.end_headers()
                if step.cut is not None:
                    self.wfile.write(body[: step.cut])
                    self.close_connection = True
                elif step.drip:
                    for at in range(len(body)):
                        self.wfile.write(body[at : at + 1])
                        self.wfile.flush()
                        time.sleep(step.drip)
                else:
                    self.wfile.write(body)
            except OSError:
                server.closed_early += 1
                self.close_connection = True

    return Handler


@contextmanager
def running() -> Iterator[Server]:
    """A server in a thread of its own, until the block ends."""
    server = Server()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(server)) as http:
        http.daemon_threads = True
        http.block_on_close = False
        server.port = http.server_port
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
