"""What a participant may ask for in any procedure under the Code: declared once, taken by charts.

Each function gives the steps and the clocks of one entitlement at the stages told; a chart takes
them in one line, and its own names for the clocks are their limits: ``appeal.file-access``.
"""

from collections.abc import Iterable

from openakimat.case import APPLICANT, Act, Role
from openakimat.chart.clock import Clock, Window
from openakimat.chart.steps import Path, Stage, Step, stay, step, when
from openakimat.kz import acts, by
from openakimat.kz.data import values
from openakimat.kz.guards import among, new_facts, receipt_of, the_applicant, time_to_object
from openakimat.kz.roles import AUTHORISED, HEADS, REGISTRAR

RECUSAL = values("entitlements.recusal")


def objecting(
    stops: Iterable[type[Act]], /, *stages: Stage, staff: Iterable[Role], also: str = ""
) -> tuple[Step, Step, Clock]:
    """A preliminary refusal comes to the participant, who objects to it. Source: APPC 66, 73(3).

    `stops` end the time to object; `staff` tell, beside the participant, that the proposal has
    come; `also` names that by which the procedure is under the Code at all.
    """
    source = f"APPC 73(3){also}"
    return (
        step(
            acts.ConfirmReceipt,
            when(stay(*stages), the_applicant, receipt_of("propose", source)),
            by=(APPLICANT, *staff),
            source=f"APPC 66{also}",
        ),
        by.applicant(acts.Object, when(stay(*stages), time_to_object), source=source),
        Window(starts="confirm-receipt=propose", stops=tuple(stops)),
    )


def withdrawing(ways: Iterable[Path], /, *, source: str = "", tells: str = "") -> Step:
    """The participant takes it back."""
    return by.applicant(acts.Withdraw, ways, source=source, tells=tells)


def seeing_the_file(*stages: Stage) -> tuple[Step, Step, Clock]:
    """The file is asked for and shown. Source: APPC 75(1)."""
    return (
        by.applicant(acts.AskFile, stay(*stages), source="APPC 75(1)"),
        by.staff(acts.ShowFile, stay(*stages), source="APPC 75(1)"),
        Clock(starts=acts.AskFile, stops=acts.ShowFile),
    )


def recusing(*stages: Stage) -> tuple[Step, Step, Clock]:
    """An official is to be recused, and the superior one decides. Source: APPC 67."""
    a_ground = among("ground", RECUSAL, code="recusal.no-ground")
    return (
        by.applicant(acts.Recuse, when(stay(*stages), a_ground, new_facts), source="APPC 67(1)"),
        by.heads(acts.DecideRecusal, stay(*stages), source="APPC 67(3)"),
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
