"""DKIM: our domain's signature under a mail, so that receiving servers can tell it from one that only claims to be ours.

The settings take the form of yagmail's own `DKIM`, and dkimpy, which yagmail relies on, signs. yagmail itself would sign
while it builds the frame, before our parts are in it; so the finished bytes are signed, those that go over the wire.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yagmail.dkim import DKIM

_LOOSE = (b"relaxed", b"relaxed")
"""A relay may fold a header anew or trim the end of a line without breaking the seal."""


def read_signer(key: str, selector: str, sender: str) -> "DKIM | None":
    """The signer of the settings, None where no key is set; the domain is that of the sender. ValueError says what is
    wrong, tried out on a message, and never what stands in the key.
    """
    if not key and not selector:
        return None
    if not key or not selector:
        raise ValueError("DONDOC_DKIM_KEY and DONDOC_DKIM_SELECTOR are set together, or neither")
    domain = sender.rpartition("@")[2].rstrip(">")
    if not domain:
        raise ValueError("DONDOC_MAIL_FROM has no domain to sign for")
    from yagmail.dkim import DKIM

    try:
        signer = DKIM(domain.encode("ascii"), Path(key).read_bytes(), None, selector.encode("ascii"))
        sign(b"From: a@b.example\r\n\r\n", signer)
    except OSError as error:
        raise ValueError(f"DONDOC_DKIM_KEY: {key} cannot be read: {error.strerror or error}") from None
    except Exception as error:  # noqa: BLE001 - dkimpy and its parser of keys raise whatever they stumble over
        raise ValueError(
            f"DONDOC_DKIM_KEY, DONDOC_DKIM_SELECTOR: {key} does not sign as {selector}._domainkey.{domain} "
            f"({type(error).__name__}); expected an RSA key in PEM"
        ) from None
    return signer


def sign(data: bytes, signer: "DKIM") -> bytes:
    """The message (CRLF line ends) with its signature on top."""
    import dkim

    header: bytes = dkim.sign(
        data,
        signer.selector,
        signer.domain,
        signer.private_key,
        canonicalize=_LOOSE,
        include_headers=signer.include_headers,
    )
    return header + data
