"""Steps by those who perform them alone: ``by.staff(Accept, …)`` is ``step(Accept, …, by=STAFF)``."""

from functools import partial

from openakimat.case.people import APPLICANT, LAW
from openakimat.chart.steps import step
from openakimat.kz import roles

staff, heads = partial(step, by=roles.STAFF), partial(step, by=roles.HEADS)
executor, inspector, operator, registrar, superior, applicant, law = (
    partial(step, by=role)
    for role in (
        roles.EXECUTOR, roles.INSPECTOR, roles.OPERATOR, roles.REGISTRAR, roles.SUPERIOR, APPLICANT, LAW,
    )
)  # fmt: skip
