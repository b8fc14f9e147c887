"""`/suc-khoe`: for a watchdog. 503 where the ledger does not answer."""

from datetime import datetime

import sqlalchemy as sa
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from dondoc.web.asking import HomeAsked, MomentAsked
from dondoc.web.last_sweep import last_sweep

router = APIRouter()


@router.get("/suc-khoe")
def health(home: HomeAsked, asked: MomentAsked) -> JSONResponse:
    """`swept_until` is the moment the world has been swept to, null before the first sweep."""
    try:
        swept = last_sweep(home)
    except sa.exc.SQLAlchemyError:
        return JSONResponse({"ok": False, "database": False}, status_code=503)
    return JSONResponse(
        {
            "ok": True,
            "database": True,
            "swept_until": swept.isoformat() if swept else None,
            "minutes_since_sweep": _minutes(swept, asked.as_of) if swept else None,
        }
    )


def _minutes(swept: datetime, now: datetime) -> int:
    return int((now - swept).total_seconds() // 60)
