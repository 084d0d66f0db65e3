"""Which addresses may be connected to: never one inside a private network.

A name is resolved once, what it resolves to is checked, and exactly that is connected to. So it
does not matter how an address is spelled (127.1, 2130706433, a name), nor whether a name server
answers differently the next time.
"""

import socket
from ipaddress import IPv6Address, ip_address, ip_network

import httpcore

from papers.sources.errors import SourceError

#: IPv4 in IPv6, for networks without IPv4 (RFC 6052).
NAT64 = ip_network("64:ff9b::/96")
#: For protocols' own ends and for examples; not every Python knows that.
CLOSED = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))


def is_public(address):
    """Whether a numeric address is one that anybody may reach over the internet."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        if ip in NAT64:
            return is_public(int(ip) & 0xFFFFFFFF)
        # No site is reached by an address that wraps another, but a private one may be.
        if ip.ipv4_mapped or ip.sixtofour or ip.teredo or ip.is_site_local:
            return False
    closed = (
        *(ip in network for network in CLOSED),
        *(ip.is_private, ip.is_loopback, ip.is_link_local),
        *(ip.is_multicast, ip.is_reserved, ip.is_unspecified),
    )
    return ip.is_global and not any(closed)


class GuardedBackend(httpcore.SyncBackend):
    """Connects to public addresses only, and to the hosts that `access` names.

    Whatever is read or written ends at `deadline`, also where the other side keeps sending a
    byte now and then.
    """

    def __init__(self, access):
        self.access = access
        self.deadline = float("inf")

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        failure = None
        for address in self._addresses(host.strip("[]"), port):
            try:
                stream = super().connect_tcp(
                    address, port, self.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Timed(stream, self)
        raise failure

    def connect_unix_socket(self, path, timeout=None, socket_options=None):
        raise SourceError("Only addresses on the web are asked.", permanent=True)

    def left(self, timeout):
        """`timeout` in seconds, or what is left until the deadline if that is less."""
        left = self.deadline - self.access.clock()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(timeout, left)

    def _addresses(self, host, port):
        try:
            found = self.access.resolve(host, port, type=socket.SOCK_STREAM)
        # UnicodeError: a label of the name is longer than names may be.
        except (OSError, UnicodeError):
            sentence = f"The name {host} cannot be found on the network."
            raise SourceError(sentence, unavailable=True) from None
        addresses = list(dict.fromkeys(entry[4][0] for entry in found))
        if (host.lower(), port) not in self.access.named:
            for address in addresses:
                if not is_public(address):
                    raise SourceError(
                        f"{host} stands for {address}, which is not on the public internet and is"
                        " never asked.",
                        permanent=True,
                    )
        return addresses


class _Timed(httpcore.NetworkStream):
    """A connection that keeps to its backend's deadline."""

    def __init__(self, stream, backend):
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes, timeout=None):
        return self._stream.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer, timeout=None):
        self._stream.write(buffer, self._backend.left(timeout))

    def close(self):
        self._stream.close()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        left = self._backend.left(timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._backend)

    def get_extra_info(self, info):
        return self._stream.get_extra_info(info)
