"""The portal, server-rendered and Vietnamese: the board, which only reads the ledger, and each unit's own page, where it reports."""

from dondoc.web.app import create_app

__all__ = ["create_app"]
