"""API of the demo app."""

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from demo_common import logs, tracing
from demo_common.metrics import RequestMetrics
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from psycopg import OperationalError
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from pydantic import BaseModel, Field
from settings import Settings

log = logging.getLogger("backend")
QUIET = ("/healthz", "/readyz", "/metrics")


class NewItem(BaseModel):
    name: str = Field(min_length=1, max_length=200)


class Item(NewItem):
    id: int


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings.load()
    logs.configure(settings.log_format, settings.log_level)
    pool = AsyncConnectionPool(
        "",
        kwargs={
            "row_factory": dict_row,
            # the server ends a statement that nobody waits for any longer
            "options": f"-c statement_timeout={round(settings.statement_timeout * 1000)}",
        },
        min_size=settings.pool_min,
        max_size=settings.pool_max,
        timeout=settings.pool_timeout,
        # a connection that broke while it lay in the pool is given to nobody
        check=AsyncConnectionPool.check_connection,
        max_lifetime=1800,
        open=False,
    )
    state = {"ready": False}
    registry = CollectorRegistry()
    metrics = RequestMetrics(registry)
    for name, key, text in (
        ("db_pool_size", "pool_size", "Connections to the database."),
        ("db_pool_waiting", "requests_waiting", "Requests that wait for a connection."),
    ):
        Gauge(name, text, registry=registry).set_function(lambda key=key: pool.get_stats().get(key, 0))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # in the background: the pod is alive, and not ready, until the database answers
        await pool.open(wait=False)
        yield
        state["ready"] = False
        await pool.close()

    app = FastAPI(title="Demo app", lifespan=lifespan, docs_url=None, redoc_url=None)

    @app.middleware("http")
    async def observe(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        started = time.perf_counter()
        status = 500
        try:
            response = await answer(request)
            status = response.status_code
            return response
        finally:
            seconds = time.perf_counter() - started
            route = getattr(request.scope.get("route"), "path", "unknown")
            metrics.observe(request.method, route, status, seconds)
            if route not in QUIET:
                log.info(
                    "request",
                    extra={
                        "method": request.method,
                        "route": route,
                        "status": status,
                        "duration_ms": round(seconds * 1000, 1),
                    },
                )

    if tracing.configure():
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

        FastAPIInstrumentor.instrument_app(app, excluded_urls="healthz,readyz,metrics")

    @app.exception_handler(OperationalError)
    @app.exception_handler(PoolTimeout)
    async def unavailable(_: Request, error: Exception) -> JSONResponse:
        log.warning("database unavailable", extra={"reason": str(error)})
        return JSONResponse({"error": "the database is unavailable"}, 503, {"Retry-After": "2"})

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    async def readyz() -> Response:
        # Once reached, a database that fails later shows in answers: else all pods would be taken out at once.
        if not state["ready"]:
            try:
                async with pool.connection() as connection:
                    await connection.execute("SELECT 1")
                state["ready"] = True
            except (OperationalError, PoolTimeout):
                return JSONResponse({"status": "waiting for the database"}, 503)
        return JSONResponse({"status": "ready"})

    @app.get("/metrics")
    async def exposed() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    @app.get("/items")
    async def list_items() -> list[Item]:
        async with pool.connection() as connection:
            rows = await connection.execute("SELECT id, name FROM items ORDER BY id DESC LIMIT 100")
            return [Item(**row) for row in await rows.fetchall()]

    @app.post("/items", status_code=201)
    async def add_item(item: NewItem) -> Item:
        async with pool.connection() as connection:
            row = await connection.execute("INSERT INTO items (name) VALUES (%s) RETURNING id, name", (item.name,))
            return Item(**(await row.fetchone() or {}))

    return app
