"""Starts the server; uvicorn's own lines go the way of the app's."""

import os

import uvicorn
from main import create_app

if __name__ == "__main__":
    uvicorn.run(
        create_app(),
        host="0.0.0.0",
        port=int(os.environ.get("PORT", "8000")),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=int(os.environ.get("SHUTDOWN_SECONDS", "30")),
    )
