"""Settings from the environment; a missing or wrong one stops the start with its name."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    port: int
    backend_url: str
    backend_timeout: float
    backend_retries: int
    circuit_failures: int
    circuit_reset: float
    log_format: str
    log_level: str

    @staticmethod
    def load(env: dict[str, str] | None = None) -> "Settings":
        given = os.environ if env is None else env
        return Settings(
            port=int(given.get("PORT", "5000")),
            backend_url=given["BACKEND_URL"].rstrip("/"),
            backend_timeout=float(given.get("BACKEND_TIMEOUT_SECONDS", "3")),
            backend_retries=int(given.get("BACKEND_RETRIES", "2")),
            circuit_failures=int(given.get("CIRCUIT_FAILURES", "5")),
            circuit_reset=float(given.get("CIRCUIT_RESET_SECONDS", "10")),
            log_format=given.get("LOG_FORMAT", "json"),
            log_level=given.get("LOG_LEVEL", "info"),
        )
