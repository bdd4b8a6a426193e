"""Settings from the environment; where the database is, libpq reads itself (PGHOST, PGUSER, PGPASSWORD ...)."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    pool_min: int
    pool_max: int
    pool_timeout: float
    statement_timeout: float
    log_format: str
    log_level: str

    @staticmethod
    def load() -> "Settings":
        given = os.environ
        return Settings(
            pool_min=int(given.get("POOL_MIN", "1")),
            pool_max=int(given.get("POOL_MAX", "10")),
            pool_timeout=float(given.get("POOL_TIMEOUT_SECONDS", "2")),
            statement_timeout=float(given.get("STATEMENT_TIMEOUT_SECONDS", "5")),
            log_format=given.get("LOG_FORMAT", "json"),
            log_level=given.get("LOG_LEVEL", "info"),
        )
