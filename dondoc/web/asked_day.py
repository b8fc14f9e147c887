"""Keep the day a person asked for in the addresses of a page."""

from urllib.parse import urlencode


def with_day(path: str, day: str) -> str:
    """`/lich/2019` → `/lich/2019?ngay=2019-11-29`; unchanged where no day was asked for."""
    if not day:
        return path
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'ngay': day})}"
