"""Web server of the demo app."""

import logging
import time

from backend_client import BackendClient, BackendUnavailable
from demo_common import logs, tracing
from demo_common.metrics import RequestMetrics
from flask import Flask, Response, g, jsonify, render_template_string, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from settings import Settings

log = logging.getLogger("frontend")

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Demo app</title></head>
<body><h1>Items</h1><ul>{% for item in items %}<li>{{ item.name }}</li>{% endfor %}</ul></body></html>"""


def create_app(settings: Settings | None = None) -> Flask:
    settings = settings or Settings.load()
    logs.configure(settings.log_format, settings.log_level)
    app = Flask(__name__)
    # a form of a few fields, not an upload
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    backend = BackendClient(settings)
    registry = CollectorRegistry()
    metrics = RequestMetrics(registry)
    circuit = Gauge("circuit_breaker_open", "1 while no calls are made.", ["circuit"], registry=registry)
    circuit.labels("backend").set_function(lambda: 0 if backend.breaker.current_state == "closed" else 1)

    if tracing.configure():
        from opentelemetry.instrumentation.flask import FlaskInstrumentor
        from opentelemetry.instrumentation.requests import RequestsInstrumentor

        FlaskInstrumentor().instrument_app(app, excluded_urls="healthz,readyz,metrics")
        RequestsInstrumentor().instrument()

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        seconds = time.perf_counter() - g.started
        route = request.url_rule.rule if request.url_rule else "unknown"
        metrics.observe(request.method, route, response.status_code, seconds)
        if route not in ("/healthz", "/readyz", "/metrics"):
            log.info(
                "request",
                extra={
                    "method": request.method,
                    "route": route,
                    "status": response.status_code,
                    "duration_ms": round(seconds * 1000, 1),
                },
            )
        return response

    @app.errorhandler(BackendUnavailable)
    def unavailable(error: BackendUnavailable) -> tuple[Response, int, dict[str, str]]:
        log.warning("backend unavailable", extra={"reason": str(error)})
        retry_after = {"Retry-After": str(round(settings.circuit_reset))}
        return jsonify(error="the backend is unavailable"), 503, retry_after

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    def readyz() -> dict[str, str]:
        return {"status": "ready"}

    @app.get("/metrics")
    def exposed() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    @app.get("/")
    def index() -> str:
        return render_template_string(PAGE, items=backend.call("GET", "/items").json())

    @app.post("/items")
    def add() -> tuple[Response, int]:
        answer = backend.call("POST", "/items", request.get_json())
        return jsonify(answer.json()), answer.status_code

    return app
