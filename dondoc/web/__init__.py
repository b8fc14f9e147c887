"""The portal: server-rendered, Vietnamese, without scripts; it reads the ledger and changes nothing."""

from dondoc.web.app import create_app

__all__ = ["create_app"]
