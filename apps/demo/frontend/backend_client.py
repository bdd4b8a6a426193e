"""Calls to the backend: bounded in time, tried again when that is safe, and not made at all while it keeps failing."""

import pybreaker
import requests
from requests.adapters import HTTPAdapter
from settings import Settings
from urllib3.util.retry import Retry


class BackendUnavailable(Exception):
    """The backend can't be reached, or isn't asked because it couldn't before."""


class BackendClient:
    def __init__(self, settings: Settings) -> None:
        self._url = settings.backend_url
        # connecting in a cluster takes milliseconds or never succeeds
        self._timeout = (min(1.0, settings.backend_timeout), settings.backend_timeout)
        self.breaker = pybreaker.CircuitBreaker(
            fail_max=settings.circuit_failures, reset_timeout=settings.circuit_reset, name="backend"
        )
        retry = Retry(
            total=settings.backend_retries,
            backoff_factor=0.1,
            backoff_jitter=0.1,
            status_forcelist=(502, 503, 504),
            # a POST that got no answer may have been done
            allowed_methods=("GET", "HEAD"),
            raise_on_status=False,
        )
        self._session = requests.Session()
        self._session.mount("http://", HTTPAdapter(max_retries=retry, pool_maxsize=16))

    def call(self, method: str, path: str, json: object = None) -> requests.Response:
        try:
            return self.breaker.call(self._call, method, path, json)
        except (pybreaker.CircuitBreakerError, requests.RequestException) as error:
            raise BackendUnavailable(str(error)) from error

    def _call(self, method: str, path: str, json: object) -> requests.Response:
        response = self._session.request(method, self._url + path, json=json, timeout=self._timeout)
        if response.status_code >= 500:
            raise requests.HTTPError(f"backend answered {response.status_code}", response=response)
        return response
