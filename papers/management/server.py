"""Serves the site from within a management command, by gunicorn."""

import errno
import ipaddress
import signal
import socket

from django.core.management import CommandError
from django.core.servers.basehttp import get_internal_wsgi_application
from gunicorn.app.base import BaseApplication

FIRST_PORT, LAST_PORT = 8000, 8099
#: What a server that listens at all addresses can be reached at from its own machine.
REACHED_AT = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - looked up, not bound


class Server(BaseApplication):
    """Serves the site at a listening socket, in this process and two that it starts."""

    def __init__(self, listener, **hooks):
        # gunicorn closes the descriptor, so that the socket object must not.
        self.options = {"bind": f"fd://{listener.detach()}", **hooks}
        super().__init__()

    def load_config(self):
        options = {
            "worker_class": "gthread",
            "workers": 2,
            "threads": 4,
            # How long a Ctrl-C may wait for pages that are being read.
            "graceful_timeout": 5,
            "preload_app": True,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": _leave_interrupts_to_the_master,
            **self.options,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self):
        return get_internal_wsgi_application()


def _leave_interrupts_to_the_master(worker):
    """Ctrl-C reaches every process of the terminal. A worker that stopped for it would be told
    a second time by the master, and may hang when that comes while it is stopping."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def listen(host, port=None):
    """A socket that listens at this port, or without one at the first free port from 8000 on.

    Raises CommandError with a sentence that says why there is none.
    """
    ports = range(FIRST_PORT, LAST_PORT + 1) if port is None else [port]
    for number in ports:
        try:
            return _bind(host, number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(
                    f"Cannot listen at {host}, port {number}: {error.strerror}."
                ) from error
    if port is None:
        raise CommandError(
            f"No port from {FIRST_PORT} to {LAST_PORT} is free: choose one by --port."
        )
    raise CommandError(
        f"Port {port} is taken: choose another by --port, or leave the choice to me."
    )


def _bind(host, port):
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        # Else a port stays taken for a minute after a server has stopped.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def origin(listener):
    """The start of the URLs at which this socket can be reached from its own machine."""
    host, port, *_ = listener.getsockname()
    host = REACHED_AT.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_loopback(listener):
    """Whether only programs of the same machine can reach this socket."""
    return ipaddress.ip_address(listener.getsockname()[0]).is_loopback
