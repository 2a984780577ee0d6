"""What every contract has: how an adapter is made, and several that write to it at once."""

import asyncio
import multiprocessing
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial, wraps
from inspect import signature
from typing import Any, ClassVar, Generic, TypeVar

from openakimat.errors import Conflict
from openakimat.testing.machine import at_once, given_by

T = TypeVar("T")

Opener = Callable[[], T]


class Contract(Generic[T]):
    """Laws as tests, and the hooks by which an adapter comes to them.

    A law that takes one is given a fresh adapter, which is let go of after it. At work at once are `n_writers` threads or processes; 1 where one thread is all that it serves.
    """

    n_writers: ClassVar[int] = 4

    def __init_subclass__(cls) -> None:
        """Give each law what it takes."""
        super().__init_subclass__()
        for name, law in list(vars(cls).items()):
            if name.startswith("test_") and len(signature(law).parameters) > 1:
                setattr(cls, name, _given_fresh(law))

    def make(self) -> T:
        """A fresh, empty one."""
        raise NotImplementedError

    def reopen(self, made: T, /) -> T:
        """The same after its host has stopped and started; itself, where it is not to outlive it."""
        return made

    def done(self, made: T, /) -> None:
        """Let go of it."""

    def opener(self, _made: T, /) -> Opener[T] | None:
        """What opens the same in another process, and can be pickled; None where nothing does."""
        return None

    @contextmanager
    def fresh(self) -> Iterator[T]:
        """One that is let go of."""
        made = self.make()
        try:
            yield made
        finally:
            self.done(made)

    def race(self, made: T, do: Callable[[Opener[T], int], Any]) -> list[Any]:
        """What several give that are at work at once: processes, where it can be opened in one."""
        if self.n_writers == 1:
            return [do(lambda: made, 0)]
        if (again := self.opener(made)) is None:
            return self.at_once(partial(do, lambda: made))
        return self.in_processes(partial(do, again))

    def at_once(self, do: Callable[[int], object], n: int = 0) -> list[object]:
        """What several threads give that set out together: as many as write at once, if not told."""
        return at_once(n or self.n_writers, do)

    def in_processes(self, do: Callable[[int], object]) -> list[object]:
        """What as many processes give."""
        return in_processes(self.n_writers, do)


def _given_fresh(law: Callable[..., None]) -> Callable[..., None]:
    @wraps(law)
    def hold(of: Contract[Any]) -> None:
        with of.fresh() as made:
            law(of, made)

    # Or pytest would ask what is wrapped for its parameters, and take the adapter for a fixture.
    del hold.__wrapped__
    return hold


class Awaited(Contract[T]):
    """The same laws for an adapter on a driver of asyncio: stand it before the contract.

    Each law is put within an event loop, where SQLAlchemy awaits what is asked of a database; and
    where threads would be at work, tasks are. A law is not written twice.
    """

    def __init_subclass__(cls) -> None:
        """Have each law put within an event loop."""
        super().__init_subclass__()
        for name in laws_of(cls):
            setattr(cls, name, _awaited(getattr(cls, name)))

    def at_once(self, do: Callable[[int], object], n: int = 0) -> list[object]:
        """What several tasks give."""
        from sqlalchemy.util import await_only, greenlet_spawn  # of an extra

        async def give() -> list[object]:
            tasks = (greenlet_spawn(given_by, do, which) for which in range(n or self.n_writers))
            return await asyncio.gather(*tasks)

        return await_only(give())

    def in_processes(self, do: Callable[[int], object]) -> list[object]:
        """What as many processes give, each of an event loop of its own."""
        return in_processes(self.n_writers, partial(await_all, do))


def await_all(do: Callable[..., T], /, *args: Any) -> T:
    """What is given by what asks a database, awaited in an event loop of its own."""
    from sqlalchemy.util import greenlet_spawn  # of an extra

    running: Coroutine[Any, Any, T] = greenlet_spawn(do, *args)
    return asyncio.run(running)


def _awaited(law: Callable[..., None]) -> Callable[..., None]:
    @wraps(law)
    def hold(of: Awaited[Any]) -> None:
        await_all(law, of)

    return hold


def in_processes(n: int, do: Callable[[int], object]) -> list[object]:
    """What `n` processes give; an error of ours is given, not raised."""
    # Never a copy of this process, whose connections would be shared.
    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
    if "forkserver" in ways:
        context.set_forkserver_preload(["openakimat.testing.conformance"])
    start = context.Barrier(n)
    with ProcessPoolExecutor(n, mp_context=context, initializer=_know, initargs=(start,)) as pool:
        return list(pool.map(partial(_do_at_once, do), range(n)))


_starts: list[Any] = []
"""In a process of several, what all of them wait at."""


def _know(start: object) -> None:
    _starts.append(start)


def _do_at_once(do: Callable[[int], object], which: int) -> object:
    # Only now, when what is to be done was imported: or one could be done before another begins.
    _starts[0].wait()
    return given_by(do, which)


def check(
    contract: type[Contract[T]], make: Opener[T], /, *, awaited: bool = False, **hooks: Any
) -> None:
    """Put an adapter to every law of a contract; without pytest.

    Raises `ExceptionGroup` of the laws that do not hold, each with its name.

    A fresh one is made by `make`; whether its driver is one of asyncio says `awaited`, see `Awaited`. The
    `hooks` are whatever else a subclass would say: `reopen`, `done`, `opener`, `n_writers`.
    """
    calls = {name: staticmethod(hook) if callable(hook) else hook for name, hook in hooks.items()}
    bases = (Awaited, contract) if awaited else (contract,)
    of: Any = type(contract.__name__, bases, {"make": staticmethod(make), **calls})()
    broken = []
    for name in laws_of(contract):
        try:
            getattr(of, name)()
        except Exception as wrong:  # noqa: BLE001 - whatever way it breaks
            wrong.add_note(name)
            broken.append(wrong)
    if broken:
        names = ", ".join(wrong.__notes__[-1] for wrong in broken)
        raise ExceptionGroup(f"{contract.__name__}: {names}", broken)


def laws_of(contract: type[Contract[Any]], /) -> list[str]:
    """The names of the laws of a contract."""
    return sorted(name for name in dir(contract) if name.startswith("test_"))


def try_again(do: Callable[[], T], /, *, tries: int = 1_000) -> T:
    """What is done when at last nobody was first."""
    for _ in range(tries):
        with suppress(Conflict):
            return do()
    return do()
