"""What a participant may ask for in any procedure under the Code: declared once, taken by charts.

Each function gives the steps and the clocks of one entitlement at the stages told; a chart takes
them in one line, and its own names for the clocks are their limits: ``appeal.file-access``.
"""

from collections.abc import Iterable

from openakimat.case.act import Act
from openakimat.case.people import APPLICANT, Role
from openakimat.chart.steps import Path, Stage, Step, stay, step, when
from openakimat.chart.table import Clock
from openakimat.kz import acts
from openakimat.kz.data import values
from openakimat.kz.guards import among, new_facts, receipt_of, the_applicant, time_to_object
from openakimat.kz.roles import AUTHORISED, HEADS, REGISTRAR, STAFF

RECUSAL = values("entitlements.recusal")


def objecting(
    stops: Iterable[type[Act]], /, *stages: Stage, by: Iterable[Role], also: str = ""
) -> tuple[Step, Step, Clock]:
    """A preliminary refusal comes to the participant, who objects to it. Source: APPC 66, 73(3).

    `stops` end the time to object; `by` tell, beside the participant, that the proposal has
    come; `also` names that by which the procedure is under the Code at all.
    """
    source = f"APPC 73(3){also}"
    return (
        step(
            acts.ConfirmReceipt,
            when(stay(*stages), the_applicant, receipt_of("propose", source)),
            by=(APPLICANT, *by),
            source=f"APPC 66{also}",
        ),
        step(
            acts.Object,
            when(stay(*stages), the_applicant, time_to_object),
            by=APPLICANT,
            source=source,
        ),
        Clock(starts="confirm-receipt=propose", stops=tuple(stops), window=True),
    )


def withdrawing(ways: Iterable[Path], /, *, source: str = "", tells: str = "") -> Step:
    """The participant takes it back."""
    return step(acts.Withdraw, when(ways, the_applicant), by=APPLICANT, source=source, tells=tells)


def seeing_the_file(*stages: Stage) -> tuple[Step, Step, Clock]:
    """The file is asked for and shown. Source: APPC 75(1)."""
    return (
        step(acts.AskFile, when(stay(*stages), the_applicant), by=APPLICANT, source="APPC 75(1)"),
        step(acts.ShowFile, stay(*stages), by=STAFF, source="APPC 75(1)"),
        Clock(starts=acts.AskFile, stops=acts.ShowFile),
    )


def recusing(*stages: Stage) -> tuple[Step, Step, Clock]:
    """An official is to be recused, and the superior one decides. Source: APPC 67."""
    a_ground = among("ground", RECUSAL, code="recusal.no-ground")
    return (
        step(
            acts.Recuse,
            when(stay(*stages), the_applicant, a_ground, new_facts),
            by=APPLICANT,
            source="APPC 67(1)",
        ),
        step(acts.DecideRecusal, stay(*stages), by=HEADS, source="APPC 67(3)"),
        Clock(starts=acts.Recuse, stops=acts.DecideRecusal),
    )


def correcting_slips(*stages: Stage) -> tuple[Step, Step, Clock, Clock]:
    """A slip in the act is corrected, asked or unasked, and the copy sent. Source: APPC 82."""
    return (
        step(acts.ReportSlip, stay(*stages), by=(APPLICANT, REGISTRAR), source="APPC 82"),
        step(acts.CorrectSlip, stay(*stages), by=(*HEADS, AUTHORISED), source="APPC 82"),
        Clock(starts=acts.ReportSlip, stops=acts.CorrectSlip),
        Clock(starts=acts.CorrectSlip, stops="notify=slip"),
    )
