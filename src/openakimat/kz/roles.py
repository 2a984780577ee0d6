"""The roles of practice in a front office and the body behind it."""

from openakimat.case.people import Role

REGISTRAR = Role("registrar")
OPERATOR = Role("operator")
SPECIALIST = Role("specialist")
EXECUTOR = Role("executor")
HEAD = Role("head")
DEPUTY = Role("deputy")
CHIEF_OF_STAFF = Role("chief-of-staff")
AUTHORISED = Role("authorised")
CONTROLLER = Role("controller")
INSPECTOR = Role("inspector")
INSPECTED = Role("inspected")
SUPERIOR = Role("superior")
CONSULTED = Role("consulted")
ANTICORRUPTION = Role("anti-corruption")

HEADS = (HEAD, DEPUTY)
"""Who leads a body."""

STAFF = (REGISTRAR, EXECUTOR, *HEADS)
"""Who may act for a body in the daily course of a case."""

ROLES = frozenset(
    {
        REGISTRAR, OPERATOR, SPECIALIST, EXECUTOR, HEAD, DEPUTY, CHIEF_OF_STAFF, AUTHORISED,
        CONTROLLER, INSPECTOR, INSPECTED, SUPERIOR, CONSULTED, ANTICORRUPTION,
    }
)  # fmt: skip
"""All of them."""
