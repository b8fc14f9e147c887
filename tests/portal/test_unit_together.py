"""Who sends waits for one turn at most, and goes with all who wait beside."""

import asyncio
import threading

import anyio

from dondoc.web.together import Together


class Slow:
    """Writes down who came together; the first turn lasts until it is let go."""

    def __init__(self, wrong=()):
        self.turns, self.wrong = [], wrong
        self.begun, self.go = anyio.Event(), anyio.Event()

    def __call__(self, asked):
        self.turns.append(list(asked))
        if len(self.turns) == 1:
            anyio.from_thread.run_sync(self.begun.set)
            anyio.from_thread.run(self.go.wait)
        return [ValueError(each) if each in self.wrong else each * 10 for each in asked]


def told(act, many=4):
    """What each of so many is told; the first is at work when the others come."""
    found = {}

    async def ask(together, number):
        try:
            found[number] = await together.ask(number)
        except ValueError as error:
            found[number] = repr(error)

    async def run():
        together = Together(act)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ask, together, 0)
            await act.begun.wait()
            for number in range(1, many):
                tasks.start_soon(ask, together, number)
            await anyio.sleep(0.01)
            act.go.set()

    anyio.run(run)
    return found


def test_those_who_come_while_one_is_at_work_go_together_in_the_next_turn():
    act = Slow()
    assert told(act) == {0: 0, 1: 10, 2: 20, 3: 30}
    assert act.turns == [[0], [1, 2, 3]]


def test_what_is_wrong_with_one_is_told_to_that_one_alone():
    assert told(Slow(wrong=(2,))) == {0: 0, 1: 10, 2: "ValueError(2)", 3: 30}


def test_where_the_turn_itself_fails_all_who_were_in_it_are_told_and_the_next_turn_is_taken():
    class Failing(Slow):
        def __call__(self, asked):
            done = super().__call__(asked)
            if len(self.turns) == 2:
                raise ValueError("lost")
            return done

    act = Failing()
    lost = "ValueError('lost')"
    assert told(act) == {0: 0, 1: lost, 2: lost, 3: lost}
    assert anyio.run(Together(act).ask, 7) == 70


def test_who_is_gone_before_the_turn_does_not_hold_up_the_others():
    act = Slow()
    found = []

    async def run():
        together = Together(act)

        async def ask(number):
            found.append(await together.ask(number))

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ask, 0)
            await act.begun.wait()
            with anyio.move_on_after(0.01):
                await together.ask(1)
            tasks.start_soon(ask, 2)
            await anyio.sleep(0.01)
            act.go.set()

    anyio.run(run)
    assert sorted(found) == [0, 20]


def test_where_the_one_who_leads_a_turn_is_cut_off_the_others_of_the_turn_are_told_all_the_same():
    begun, go = ([threading.Event() for _ in range(3)] for _ in range(2))
    turns = []

    def act(asked):
        turns.append(list(asked))
        number = len(turns) - 1
        begun[number].set()
        assert go[number].wait(10)
        return [each * 10 for each in asked]

    async def run():
        together = Together(act)
        before = asyncio.create_task(together.ask(0))
        assert await asyncio.to_thread(begun[0].wait, 10)
        turn = [asyncio.create_task(together.ask(number)) for number in (1, 2, 3)]
        await asyncio.sleep(0)
        go[0].set()
        assert await asyncio.to_thread(begun[1].wait, 10)
        turn[0].cancel()
        go[1].set()
        go[2].set()
        await before
        return await asyncio.gather(*turn, return_exceptions=True)

    cut_off, *others = asyncio.run(run())
    assert isinstance(cut_off, asyncio.CancelledError)
    assert others == [20, 30]
    assert turns == [[0], [1, 2, 3], [2, 3]]
