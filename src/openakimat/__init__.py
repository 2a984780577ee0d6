"""The work of a service akimat: procedures, statutory clocks, a sealed trail."""

from types import ModuleType as _Module

from openakimat.calendar.worktime import WorkCalendar as WorkCalendar
from openakimat.case.act import Act as Act, Branch as Branch, Link as Link
from openakimat.case.acts import (
    Lapse as Lapse,
    Pause as Pause,
    Receive as Receive,
    Register as Register,
    Reopen as Reopen,
    Resume as Resume,
)
from openakimat.case.people import (
    Applicant as Applicant,
    Body as Body,
    Mandate as Mandate,
    Official as Official,
    Representative as Representative,
    Role as Role,
)
from openakimat.case.record import Case as Case, Record as Record
from openakimat.chart.amendment import also_at as also_at
from openakimat.chart.clock import Clock as Clock
from openakimat.chart.procedure import Procedure as Procedure
from openakimat.chart.steps import (
    STRUCK as STRUCK,
    Stage as Stage,
    opening as opening,
    step as step,
    when as when,
)
from openakimat.chart.table import guard as guard
from openakimat.dated import Evidence as Evidence
from openakimat.desk import Desk as Desk
from openakimat.errors import (
    AkimatError as AkimatError,
    BeyondCalendar as BeyondCalendar,
    BrokenTrail as BrokenTrail,
    Conflict as Conflict,
    Fault as Fault,
    Incomplete as Incomplete,
    JournalError as JournalError,
    Malformed as Malformed,
    NotAllowed as NotAllowed,
    NotCompetent as NotCompetent,
    PackError as PackError,
    Refusal as Refusal,
    TooLate as TooLate,
    Undated as Undated,
    UnknownCase as UnknownCase,
)
from openakimat.judgement.changes import diff as diff, reproject as reproject
from openakimat.judgement.deadlines import deadlines as deadlines
from openakimat.judgement.docket import Standing as Standing
from openakimat.judgement.judge import (
    decide as decide,
    judge as judge,
    may as may,
    open_case as open_case,
)
from openakimat.judgement.lapse import lapse as lapse
from openakimat.judgement.replay import replay as replay
from openakimat.law.law import Law as Law
from openakimat.law.office import Office as Office
from openakimat.limits.deadline import Deadline as Deadline, due as due
from openakimat.limits.explain import explain as explain
from openakimat.limits.limit import TimeLimit as TimeLimit
from openakimat.ports import Journal as Journal, Numbers as Numbers
from openakimat.trail.seal import verify as verify

# The list is what stands above: a star import and `help` take that, and no rooms behind it.
__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]  # what stands above tells it the names
    name for name, given in vars().items() if name[0] != "_" and not isinstance(given, _Module)
]
