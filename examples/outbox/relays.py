"""Two ways to send on what a store has to tell: to an address, and to a queue."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable

from openakimat.ports import Event


def encode(event: Event) -> bytes:
    """An event as CloudEvents 1.0 in structured JSON mode."""
    cloud = event.cloud()
    return json.dumps({**cloud, "data": json.loads(cloud["data"])}, ensure_ascii=False).encode()


def webhook(url: str, *, timeout: float = 5) -> Callable[[Event], None]:
    """Sends each event to an address; an answer of 4xx or 5xx, or none in time, raises.

    Args:
        url: Of http or https, and of your own configuration: nobody else is to choose it.
        timeout: Seconds to wait.
    """

    def send(event: Event) -> None:
        head = {"Content-Type": "application/cloudevents+json; charset=utf-8"}
        request = urllib.request.Request(url, encode(event), head)  # noqa: S310 - the host's own
        with urllib.request.urlopen(request, timeout=timeout):  # noqa: S310 - the same
            pass

    return send


def queue(put: Callable[[str, bytes], object]) -> Callable[[Event], None]:
    """Puts each event on a queue, by a callable of its client: a key, and a body.

    The key is the case, so that a queue with partitions keeps the order within each.
    """

    def send(event: Event) -> None:
        put(event.case, encode(event))

    return send
