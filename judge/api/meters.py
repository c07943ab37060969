"""What Prometheus may count here."""

import time
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from judge.api.feed import Feed
from judge.model import State
from judge.store import Store


@dataclass
class Meters:
    """The meters of one application, apart from those of any other in this process."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        by_route = ["method", "route"]
        made_in = self.registry
        self.seconds = Histogram(
            "judge_http_request_seconds",
            "From a request to the beginning of its answer",
            by_route,
            registry=made_in,
        )
        self.answers = Counter(
            "judge_http_answers", "Answers by status", [*by_route, "status"], registry=made_in
        )
        self._waiting = Gauge(
            "judge_submissions", "What is not over, by state", ["state"], registry=made_in
        )
        self._streams = Gauge("judge_event_streams", "Open streams of events", registry=made_in)
        self._worker = Gauge("judge_worker_ready", "Whether a worker can judge", registry=made_in)

    def look(self, store: Store, feed: Feed) -> None:
        """Bring those up to date that count what is, not what happened."""
        counts = store.submissions.counts()
        for state in (State.QUEUED, State.JUDGING):
            self._waiting.labels(state).set(counts.get(state, 0))
        self._streams.set(feed.streams)
        workers = store.service.workers()
        self._worker.set(any(worker.trouble is None for worker in workers))


class Metered:
    """Middleware: counts answers and times them, by route, not by address."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        self._app, self._meters = app, meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and note what comes of it."""
        started = time.perf_counter()

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", "other")
                method = scope["method"] if route != "other" else "any"
                self._meters.answers.labels(method, route, message["status"]).inc()
                self._meters.seconds.labels(method, route).observe(time.perf_counter() - started)
            await send(message)

        await self._app(scope, receive, noted if scope["type"] == "http" else send)
