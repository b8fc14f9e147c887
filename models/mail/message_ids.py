"""The name a message has in the world: the same for the same row of the outbox, in every process and year."""

import hashlib
import re

_DOMAIN = re.compile(
    r"(?=.{1,255}\Z)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
)


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the outbox row `key`: the same key gives the same id in every process and year.

    `domain` is an ASCII host name of ours. A mail that goes out twice after a crash is thereby recognisable
    as one. Raises ValueError for an empty key or a domain that no Message-ID may carry (RFC 5322 §3.6.4).
    """
    if not key:
        raise ValueError("an outbox key is never empty")
    if not _DOMAIN.fullmatch(domain):
        raise ValueError(f"not a host name: {domain!r}")
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain.lower()}>"
