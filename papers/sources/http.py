"""The only door to the network.

One client a source, which says who it is. What comes back is bounded in size and in time,
redirects are followed one by one, and a registry that asks for patience gets it.
"""

import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import httpcore
import httpx

from papers.sources.access import PORTS
from papers.sources.addresses import GuardedBackend
from papers.sources.bodies import read_body
from papers.sources.errors import SourceError
from papers.sources.pace import LONGEST_REST, Unpaced

TRIES = 4
REDIRECTS = 5
BUSY = {429, 500, 502, 503, 504}
MOVED = {301, 302, 303, 307, 308}
SHUT = {401, 403}
HOST = re.compile(r"[a-z0-9_.:-]+")
TIMEOUT = httpx.Timeout(30, connect=10)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, from which address after all redirects."""

    status: int
    url: str
    media: str
    body: bytes


class Door:
    """Asks one source. To be closed, and used by one thread.

    name: the source's, as sentences have it; where there is none, the host's.
    """

    def __init__(self, access, *, name="", pace=None):
        self.access = access
        self.name = name
        self.pace = pace or Unpaced()
        self._transport = _Transport(access)
        self._client = httpx.Client(
            transport=self._transport,
            # No proxy of the environment: it would connect to what was never checked.
            trust_env=False,
            timeout=TIMEOUT,
            headers={"User-Agent": access.user_agent, "Accept-Encoding": "gzip"},
        )

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._client.close()

    def get(self, url, *, media=()):
        """The Answer at `url`, whatever its status, save that of a source that is busy.

        media: parts of media types, such as "json", of which one must be in the answer's.
        Raises SourceError.
        """
        parts = _parse(url)
        name = self.name or (parts and parts.host) or "The page"
        deadline = self.access.clock() + self.access.patience
        with self.pace.turn(deadline) as turn:
            for number in range(1, TRIES + 1):
                try:
                    return self._follow(url, turn, deadline, name, media)
                except SourceError as error:
                    if error.permanent or not error.unavailable or number == TRIES:
                        raise
                    wait = max(self.pace.interval * 2**number, error.retry_after or 0)
                    if error.retry_after:
                        turn.rest(error.retry_after)
                    if self.access.clock() + wait >= deadline:
                        raise
                self.access.sleep(wait)
        raise AssertionError("Every try ends in an answer or an error.")

    def _follow(self, url, turn, deadline, name, media):
        visited = []
        while len(visited) <= REDIRECTS:
            self._check(url, name)
            turn.start()
            status, headers, body = self._send(url, deadline, name)
            visited.append(url)
            if status in MOVED and headers.get("location"):
                url = _joined(url, headers["location"])
                continue
            self._obey(turn, headers)
            if status in BUSY:
                wait = retry_after(headers.get("retry-after", ""), self.access.clock())
                raise SourceError(_busy(name, status, wait), unavailable=True, retry_after=wait)
            if status in SHUT:
                # To all of us, whatever is asked: no further question is answered either.
                sentence = f"{name} refuses us (status {status})."
                raise SourceError(sentence, permanent=True, unavailable=True)
            answer = Answer(status, url, headers.get("content-type", ""), body)
            _expect(answer, media, name)
            return answer
        raise SourceError(f"{name} leads from one address to the next without end.")

    def _check(self, url, name):
        """Raises SourceError unless `url` may be asked at all."""
        parts = _parse(url)
        host = parts.raw_host.decode() if parts else ""
        if not HOST.fullmatch(host) or parts.scheme not in PORTS or parts.userinfo:
            raise SourceError(f"{name}: {url[:200]!r} is no address on the web.", permanent=True)
        port = PORTS[parts.scheme] if parts.port is None else parts.port
        if port not in PORTS.values() and (host, port) not in self.access.named:
            raise SourceError(f"{name}: port {port} of {host} is never asked.", permanent=True)

    def _send(self, url, deadline, name):
        self._transport.backend.deadline = deadline
        try:
            with self._client.stream("GET", url, follow_redirects=False) as response:
                return response.status_code, response.headers, read_body(response, name)
        except httpx.TimeoutException:
            sentence = f"{name} took too long to answer."
        except httpx.ConnectError as error:
            sentence = f"{name} cannot be reached: {_cause(error)}."
        except (httpx.RemoteProtocolError, httpx.ReadError):
            sentence = f"{name} broke off its answer."
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            sentence = f"{name} cannot be asked: {error}."
        raise SourceError(sentence, unavailable=True) from None

    def _obey(self, turn, headers):
        """Keeps to the limits that Crossref's answers tell, such as 50 and 1s."""
        limit = headers.get("x-rate-limit-limit", "")
        interval = headers.get("x-rate-limit-interval", "").removesuffix("s")
        if _is_number(limit) and _is_number(interval):
            turn.obey(int(limit), int(interval))


class _Transport(httpx.HTTPTransport):
    """httpx has no public way to say how connections are made; httpcore, below it, has."""

    def __init__(self, access):
        context = httpx.create_ssl_context()
        super().__init__(verify=context, trust_env=False)
        self._pool.close()
        self.backend = GuardedBackend(access)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=1, network_backend=self.backend
        )


def _parse(url):
    """As what will be connected to understands it, and nothing else does; None if it does not."""
    try:
        return httpx.URL(url)
    except httpx.InvalidURL:
        return None


def _joined(url, location):
    try:
        return urljoin(url, location)
    except ValueError:  # brackets that do not match: refused as what it is
        return location


def retry_after(text, now):
    """The seconds of a Retry-After header, given as such or as a date, or None."""
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return min(int(text[:20]), LONGEST_REST)
    try:
        seconds = parsedate_to_datetime(text).timestamp() - now
    except (ValueError, OverflowError):
        return None
    return min(max(0, seconds), LONGEST_REST)


def _is_number(text):
    return text.isascii() and text.isdecimal() and len(text) < 10


def _busy(name, status, wait):
    if status == 429:
        sentence = f"{name} has been asked too often"
    else:
        sentence = f"{name} is out of order ({status})"
    return f"{sentence} and wants to be left alone for {wait:.0f} s." if wait else f"{sentence}."


def _expect(answer, media, name):
    if media and answer.media and not any(part in answer.media.lower() for part in media):
        kind = answer.media.partition(";")[0][:50]
        what = "answered with something else" if answer.status == 200 else "refuses"
        raise SourceError(f"{name} {what} ({kind}, status {answer.status}).")
    if answer.status == 200 and not answer.body.strip():
        raise SourceError(f"{name} gave an empty answer.")


def _cause(error):
    text = str(error)
    if "CERTIFICATE" in text.upper():
        return "its certificate cannot be trusted"
    return text.partition("] ")[2].lower() or "no connection"
