"""How gunicorn serves the portal; `make run` and production use the same file."""

import os

host = os.environ.get("HOST", "127.0.0.1")
port = os.environ.get("PORT", "8000")

wsgi_app = "township_portal.wsgi:application"
bind = f"{host}:{port}"
# Sync workers behind a proxy that buffers: threads were unstable in trials.
worker_class = "sync"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
timeout = 60
# A worker that slowly grows is replaced, not all at the same moment.
max_requests = 50_000
max_requests_jitter = 5_000
# Nothing here talks to it, and its socket would be one more thing to guard.
control_socket_disable = True
loglevel = "warning"


def when_ready(server):
    """Say where to look, once it answers."""
    print(f"The portal answers on http://{host}:{port}/ - Ctrl-C ends it.", flush=True)
