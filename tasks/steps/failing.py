"""Addresses that fail, each a task for the coordinator; and the act that puts one back into use."""

from dataclasses import dataclass
from datetime import datetime

from tasks.adapters.home import Home
from tasks.adapters.ledger.addresses import FailingAddress, failing_addresses, restore, units_written_to
from tasks.adapters.ledger.plans import current_plans
from tasks.adapters.ledger.units import load_tree


@dataclass(frozen=True, slots=True)
class AddressTask:
    """Somebody who cannot be written to at this address; other addresses of the same unit may work."""

    unit: str
    unit_name: str
    address: str
    since: datetime
    status: str


def address_tasks(home: Home, as_of: datetime) -> list[AddressTask]:
    """One for each failing address that a unit or a loaded plan still names, by unit; of a unit that has ended, with whoever
    took it over whole. An address that was replaced is nobody's task any more.
    """
    with home.ledger.read() as session:
        failing = {each.address: each for each in failing_addresses(session) if each.since <= as_of}
        if not failing:
            return []
        tree = load_tree(session)
        named = units_written_to(session, failing, as_of.date())
        for plan, _ in current_plans(session).values():
            if plan.contact.email.lower() in failing:
                named.add((plan.lead, plan.contact.email.lower()))
    return [
        _task(found.code, found.body, failing[address])
        for unit, address in sorted(named)
        if (found := tree.holder(unit, as_of.date()))
    ]


def _task(unit: str, name: str, failing: FailingAddress) -> AddressTask:
    return AddressTask(unit, name, failing.address, failing.since, failing.status)


def restore_address(home: Home, address: str, *, as_of: datetime, actor: str) -> None:
    """It counts again from now on; KeyError where it was not failing."""
    with home.ledger.write() as session:
        if not restore(session, [address], at=as_of, actor=actor):
            raise KeyError(f"{address} is not failing: see dondoc address list")
