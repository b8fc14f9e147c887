"""Text messages (SMS) as a second channel: which telephones take them, and the address at which a gateway does.

A gateway turns a mail to `0905123456@sms.example` into a text message; offices have one of their provider or a modem of
their own. So a text is a message of the outbox like any other: decided once, claimed, sent or in doubt, never twice.
"""

import re

_PLACES = re.compile(r"\{(phone|phone84)\}")
_ADDRESS = re.compile(r"[A-Za-z0-9.+_-]*\{phone(84)?\}[A-Za-z0-9.+_-]*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_MOBILE = re.compile(r"0[35789]\d{8}")
"""Prefixes of mobile networks since the change of numbers of 2018; landlines (02…) take no texts."""


def check_gateway(pattern: str) -> str:
    """The same; ValueError where it is no address with one place for the number."""
    if pattern and (not _ADDRESS.fullmatch(pattern) or len(_PLACES.findall(pattern)) != 1):
        raise ValueError(
            "an address with {phone} (0905123456) or {phone84} (84905123456) in it, "
            f"like {{phone}}@sms.example, not {pattern!r}"
        )
    return pattern


def mobile(phone: str) -> str:
    """`+84 905.123.456` → `0905123456`; empty for a landline or what is no number."""
    digits = re.sub(r"[\s.()-]", "", phone)
    national = re.sub(r"^(?:\+|00)?84(?=\d{9}$)", "0", digits)
    return national if _MOBILE.fullmatch(national) else ""


def text_address(phone: str, gateway: str) -> str:
    """Where a text to this telephone goes; empty without a gateway, or where the telephone takes none."""
    number = mobile(phone)
    if not gateway or not number:
        return ""
    return gateway.format(phone=number, phone84=f"84{number[1:]}")
