"""No request ever goes into a private network, whatever somebody pastes."""

import socket

import httpcore
import pytest

from papers.sources import Access, Door, SourceError
from papers.sources.addresses import GuardedBackend, is_public

PUBLIC = ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "64:ff9b::101:101"]
PRIVATE = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1"),
    *("255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "2001:db8::1"),
    *("3fff::1", "192.88.99.1", "192.0.0.8", "::ffff:0:7f00:1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1"),
    "2001:0:53aa:64c:0:fb4e:80ff:fffe",  # Teredo, of 127.0.0.1
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_not(address):
    assert not is_public(address)


@pytest.fixture
def connected(monkeypatch):
    """Addresses that were connected to; every connection is refused."""
    addresses = []

    def refuse(backend, address, port, *rest):
        addresses.append((address, port))
        raise httpcore.ConnectError("[Errno 111] Connection refused")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", refuse)
    return addresses


def access(folder, **changes):
    return Access(folder=folder, sleep=lambda seconds: None, **changes)


def resolving(*addresses):
    """A name server that answers with each of these in turn."""
    answers = iter(addresses)

    def resolve(host, port, type):  # noqa: A002 - getaddrinfo calls it so
        family = socket.AF_INET
        found = next(answers)
        found = [found] if isinstance(found, str) else found
        return [(family, type, 6, "", (address, port)) for address in found]

    return resolve


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://localhost/", "https://[::1]/", "http://0/"),
        *("http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/"),
        *("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://10.1.2.3/"),
        *("http://169.254.169.254/latest/", "http://①②⑦.⓪.⓪.①/", "http://127.0.0.1./"),
    ],
)
def test_a_pasted_address_that_leads_inside_is_refused(tmp_path, connected, url):
    with Door(access(tmp_path)) as door, pytest.raises(SourceError) as raised:
        door.get(url)
    # There are machines that know no such spelling.
    refusals = ("never asked", "cannot be found", "is no address on the web")
    assert any(refusal in str(raised.value) for refusal in refusals)
    assert not connected


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://example.org:8080/",
            "https://example.org:22/",
            "http://example.org:0/",
            "http://example.org:99999/",
        ),
        *("file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "//example.org/"),
        *("http://me:secret@example.org/", "http://me@example.org/", "http://", "", "nonsense"),
        *("http://[::1", "http://exa mple.org/", "javascript:alert(1)", "http://a\nb/"),
    ],
)
def test_a_pasted_text_that_is_no_usual_address_is_refused(tmp_path, connected, url):
    resolve = resolving(*["93.184.215.14"] * 9)
    with Door(access(tmp_path, resolve=resolve)) as door, pytest.raises(SourceError) as raised:
        door.get(url)
    assert raised.value.permanent
    assert not connected


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_stands_for_a_private_address_is_refused(tmp_path, connected, address):
    resolve = resolving(address)
    with Door(access(tmp_path, resolve=resolve)) as door, pytest.raises(SourceError) as raised:
        door.get("https://innocent.example.org/")
    assert "is not on the public internet and is never asked" in str(raised.value)
    assert raised.value.permanent
    assert not connected


def test_a_name_with_a_private_address_among_others_is_refused(tmp_path, connected):
    resolve = resolving(["93.184.215.14", "10.0.0.1"])
    with Door(access(tmp_path, resolve=resolve)) as door, pytest.raises(SourceError):
        door.get("https://innocent.example.org/")
    assert not connected


def test_what_was_checked_is_what_is_connected_to(tmp_path, connected):
    # Asked again, the name server would say something else.
    resolve = resolving("93.184.215.14", "127.0.0.1")
    with Door(access(tmp_path, resolve=resolve)) as door, pytest.raises(SourceError):
        door.get("https://rebinding.example.org/")
    assert connected == [("93.184.215.14", 443)]


def test_a_public_name_is_connected_to_by_its_address(tmp_path, connected):
    resolve = resolving(["2606:4700:4700::1111", "1.1.1.1"])
    backend = GuardedBackend(access(tmp_path, resolve=resolve))
    with pytest.raises(httpcore.ConnectError):
        backend.connect_tcp("example.org", 443)
    assert connected == [("2606:4700:4700::1111", 443), ("1.1.1.1", 443)]


def test_a_redirect_into_another_port_of_a_named_host_is_refused(registry, tmp_path):
    named = registry.access(tmp_path)
    other = registry.access(tmp_path, arxiv_url="http://127.0.0.1:1/", crossref_url="http://x/")
    with Door(named) as door:
        assert door.get(f"{registry.base}/page").status == 200
    with Door(other) as door, pytest.raises(SourceError, match=r"port .* is never asked"):
        door.get(f"{registry.base}/page")


def test_a_proxy_of_the_environment_is_not_asked_in_our_place(registry, tmp_path, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with Door(registry.access(tmp_path)) as door:
        assert door.get(f"{registry.base}/page").status == 200


def test_the_host_is_still_the_one_that_was_named(registry, tmp_path):
    url = registry.arxiv_url.replace("127.0.0.1", "mirror.example.org")
    port = int(url.split(":")[2].split("/")[0])
    with Door(registry.access(tmp_path, arxiv_url=url, resolve=resolving("127.0.0.1"))) as door:
        door.get(url)
    assert registry.requests[0].headers["Host"] == f"mirror.example.org:{port}"
