"""One process, so that its metrics are whole; threads answer side by side, and pods are what there are more of."""

import os

bind = f"0.0.0.0:{os.environ.get('PORT', '5000')}"
workers = 1
worker_class = "gthread"
threads = 8
graceful_timeout = int(os.environ.get("SHUTDOWN_SECONDS", "30"))
# the root of the file system is read-only
worker_tmp_dir = "/tmp"
control_socket_disable = True
# gunicorn's own lines too
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "demo_common.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}},
    "root": {"level": "INFO", "handlers": ["console"]},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        # the app says more about each request
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    },
}
