import socket

import pytest

from digests.feeds.guard import Guard, RefusedSocket, is_public


@pytest.mark.parametrize(
    ("address", "public"),
    [
        pytest.param("93.184.216.34", True, id="public"),
        pytest.param("2606:2800:220:1::1", True, id="public IPv6"),
        pytest.param("64:ff9b::5db8:d822", True, id="public through NAT64"),
        pytest.param("10.1.2.3", False, id="private"),
        pytest.param("100.64.0.1", False, id="carrier NAT"),
        pytest.param("127.0.0.1", False, id="loopback"),
        pytest.param("169.254.169.254", False, id="cloud metadata"),
        pytest.param("224.0.0.1", False, id="multicast"),
        pytest.param("0.0.0.0", False, id="unspecified"),
        pytest.param("255.255.255.255", False, id="broadcast"),
        pytest.param("::1", False, id="loopback IPv6"),
        pytest.param("::ffff:10.0.0.1", False, id="mapped private"),
        pytest.param("::7f00:1", False, id="compatible loopback"),
        pytest.param("64:ff9b::a00:1", False, id="private through NAT64"),
        pytest.param("2002:a00:1::", False, id="private through 6to4"),
        pytest.param("fe80::1%eth0", False, id="link local"),
        pytest.param("fc00::1", False, id="unique local"),
        pytest.param("ff0e::1", False, id="multicast IPv6"),
        pytest.param("example.org", False, id="not a literal"),
    ],
)
def test_only_the_public_internet_is_public(address, public):
    """Wrapped IPv4 counts as what it stands for."""
    assert is_public(address) is public


def _connects(guard: Guard, host: str, port: int) -> bool:
    try:
        guard.make_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", (host, port))).close()
    except RefusedSocket:
        return False
    return True


def test_an_allowed_address_is_allowed_at_its_port_only():
    """An allow-list entry is a host and a port."""
    guard = Guard([("10.0.0.5", 8099)])
    assert _connects(guard, "10.0.0.5", 8099)
    assert not _connects(guard, "10.0.0.5", 80)
    assert not _connects(guard, "10.0.0.6", 8099)


def test_an_allowed_name_stands_for_what_it_resolved_to_last():
    """What another name resolved to, and what the name no longer resolves to, is refused."""
    guard = Guard([("Feeds.Lan.", 80)])
    guard.remember("other.example", 80, ["10.0.0.7"])
    guard.remember("feeds.lan", 80, ["10.0.0.5"])
    assert _connects(guard, "10.0.0.5", 80)
    assert not _connects(guard, "10.0.0.7", 80)
    guard.remember("feeds.lan", 80, ["10.0.0.6"])
    assert not _connects(guard, "10.0.0.5", 80)
