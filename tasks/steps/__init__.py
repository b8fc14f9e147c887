"""What a sweep and a coordinator do, step by step: plain functions of a home, a cycle and a moment.

Each decides with `models`, and writes what it decided in one transaction; each may be killed and run again.
`tasks/*.py` make Prefect tasks of them. Cycles, reminders and the outbox stand here; what units send is taken in under
`collecting/`, their pages under `unit_page/`, mail that comes back under `inbound/`; then `totals/`, `documents/`, and
the words of `mails/`.
"""
