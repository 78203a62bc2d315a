"""Who connects: from which machine, and whether it hands on what another one asked."""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

_OF_PROXIES = frozenset(
    {b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto"}
    | {b"x-real-ip"}
)
"""Headers by which a proxy says that it hands something on."""


@lru_cache
def networks_of(listed: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks that a setting lists, with commas between; none of `none`."""
    return () if listed == "none" else tuple(map(ip_network, listed.split(",")))


def is_from(scope: Mapping[str, Any], listed: str) -> bool:
    """Whether the machine that connects is of one of the networks that a setting lists.

    Args:
        scope: of a request or connection (ASGI).
        listed: as the setting has it.
    """
    client = scope.get("client")
    try:
        peer = ip_address(client[0]) if client else None
    except ValueError:
        return False
    return peer is not None and any(peer in network for network in networks_of(listed))


def was_handed_on(scope: Mapping[str, Any]) -> bool:
    """Whether a header of a request or connection (ASGI) says that it came by a proxy."""
    return any(name in _OF_PROXIES for name, _value in scope.get("headers", ()))
