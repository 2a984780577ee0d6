"""What an entry of every procedure has, how its columns are declared, and who acts in it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, NamedTuple, TypedDict, TypeVar, get_type_hints

import attrs

from openakimat.calendar.times import Place
from openakimat.case import (
    WHOEVER,
    Act,
    Actor,
    Basis,
    Official,
    Pause,
    Receive,
    Register,
    Reopen,
    Resume,
)
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import CONTROLLER, EXECUTOR, HEAD, OPERATOR, REGISTRAR, SUPERIOR
from openakimat.law.office import Office
from openakimat.register.entries.cells import READERS, Bin, Iin, Reader, When, read_time

CLERK = Official("registrar", {REGISTRAR})
OPERATES = Official("operator", {OPERATOR})
STAFF = Official("executor", {EXECUTOR})
BOSS = Official("head", {HEAD})
CHECKS = Official("controller", {CONTROLLER})
REVIEWS = Official("reviewer", {SUPERIOR})

ASKS = Applicant(id=WHOEVER)

T = TypeVar("T")


class Listed(NamedTuple):
    """An act that a row may tell of, or that may be assumed of what it tells.

    Attributes:
        when: When it was done; None where it was not.
        basis: Whether the row tells of it, or of what could not have been without it.
        usual: Makes an answer of the usual outcome, where the one that is told is none.
    """

    when: When | None
    by: Actor
    make: Callable[[], Act]
    basis: Basis = "told"
    usual: Callable[[], Act] | None = None


def basis_of(when: When | None, /) -> Basis:
    """The basis of an act that was done in any case: told where the row says when."""
    return "assumed" if when is None else "told"


def answer(
    when: When | None, by: Actor, make: Callable[[str], Act], outcome: str, usual: str, /
) -> Listed:
    """What has an outcome: the one that is told, the usual one where none is."""
    return Listed(when, by, lambda: make(outcome or usual), usual=lambda: make(usual))


@attrs.frozen
class Column:
    """How the cells of a column are read, and what they stand with.

    Attributes:
        read: Reads a cell.
        needs: The column without which this one says nothing.
        excludes: The column beside which this one does not stand.
        ahead: A time that a row may tell of before it comes.
        backdated: A day that a row may tell of before its receipt.
        soft: Moves no term: a cell that cannot be read is a warning, and is left out.
    """

    read: Reader
    needs: str = ""
    excludes: str = ""
    ahead: bool = False
    backdated: bool = False
    soft: bool = False


def column(default: T, /, **beside: str | bool) -> T:
    """A field of an entry that says of its column what its type does not: the rest of `Column`."""
    return attrs.field(default=default, metadata=beside)


class Received(TypedDict):
    """By which channel something came, of what topic, and whose it is."""

    channel: str
    topic: str
    applicant: Applicant


@attrs.frozen
class Entry(ABC):
    """A row of a register, read: what those of every procedure have."""

    procedure: ClassVar[str]

    line: int
    number: str
    received_at: When
    kind: str = "application"
    channel: str = column("", soft=True)
    topic: str = column("", soft=True)
    applicant: str = column("", soft=True)
    iin: Iin | None = column(None, soft=True)
    bin: Bin | None = column(None, soft=True)
    registered_at: When | None = None
    withdrawn_at: When | None = None
    official: str = column("", soft=True)
    state: str = ""
    their_due: When | None = column(None, ahead=True, backdated=True, soft=True)
    paused_at: tuple[When, ...] = ()
    resumed_at: tuple[When, ...] = ()
    reopened_at: tuple[When, ...] = ()

    @abstractmethod
    def make_receipt(self) -> tuple[Receive, Actor]:
        """The act that opens the case, and by whom."""

    @abstractmethod
    def list_acts(self, office: Office, /) -> Sequence[Listed]:
        """What a row may tell of, in the order in which the law has it done within a day."""

    def list_standstills(self, office: Office, /) -> Sequence[Listed]:
        """What a row tells of its time standing still, and of being taken up again."""
        policy = office.readings.get("reopening", "continue")
        reopen = partial(Reopen, "new-circumstances", clock=policy)  # type: ignore[arg-type]  # a choice of the reading
        kinds: tuple[tuple[tuple[When, ...], Official, Callable[[], Act]], ...] = (
            (self.paused_at, BOSS, partial(Pause, "told")),
            (self.resumed_at, BOSS, Resume),
            (self.reopened_at, BOSS, reopen),
        )
        return [Listed(when, by, make) for times, by, make in kinds for when in times]

    def find_registration(self, office: Office, /) -> When:
        """When the row was registered; where it does not say, when it had to be."""
        if self.registered_at is not None:
            return self.registered_at
        received = self.received_at
        return When(office.calendar.counted_at(received.at), received.exact)

    def list_registration(
        self, began: When, make: Callable[[str], Act] = Register, by: Actor = CLERK, /
    ) -> Listed:
        """The registration, which was done in any case, under the number of the row."""
        return Listed(began, by, lambda: make(self.number), basis_of(self.registered_at))

    @property
    def received(self) -> Received:
        """What every receipt tells."""
        anybody = not (self.applicant or self.iin or self.bin)
        applicant = ASKS if anybody else Applicant(self.applicant, iin=self.iin, bin=self.bin)
        return {"channel": self.channel, "topic": self.topic, "applicant": applicant}


def read_times(cell: str, place: Place, /) -> tuple[When, ...]:
    """Several times, a semicolon between them.

    >>> from openakimat import kz
    >>> [when.exact for when in read_times("2026-03-18 10:00; 2026-03-20", kz.place())]
    [True, False]
    """
    return tuple(read_time(part.strip(), place) for part in cell.split(";") if part.strip())


_READERS: dict[Any, Reader] = {**READERS, tuple[When, ...]: read_times}


def columns_of(entry: type[Entry], /) -> dict[str, Column]:
    """The columns of an entry, in the order declared: its fields but for the line it stands on.

    >>> from openakimat.register.entries.services import InstructionEntry
    >>> columns_of(InstructionEntry)["due_on"].excludes
    'term'
    """
    types = get_type_hints(entry)
    return {
        field.name: Column(_READERS[types[field.name]], **field.metadata)
        for field in attrs.fields(entry)
        if field.name != "line"
    }
