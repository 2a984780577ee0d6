"""The grounds of what may be done with a complaint, each with its article."""

from __future__ import annotations

NOT_CORRECTED = {"not-corrected": "APPC 94(1), 64(7)"}
RETURN: dict[str, str] = dict.fromkeys(("identical", "obscene"), "APPC 94(1), 64(7)(2)")
AT_ONCE: dict[str, str] = dict.fromkeys(("crime", "security"), "APPC 94(1), 64(7-2)")
RESTORATION: dict[str, str] = dict.fromkeys(("illness", "force-majeure", "other"), "APPC 92(2)")

# Article 96 was not divided into parts before Law 241-VIII.
EXCEPTIONS_2021 = {
    "protection": "APPC 96, 1)",
    "regulator": "APPC 96, 2)",
    "other-law": "APPC 96, 3)",
}

EXCEPTIONS = {
    "protection": "APPC 96(1)(1)",
    "regulator": "APPC 96(1)(2)",
    "other-law": "APPC 96(1)(3)",
}

SATISFACTION: dict[str, str] = dict.fromkeys(("cancelled", "replaced", "action"), "APPC 100(1)")
REVERSAL: dict[str, str] = dict.fromkeys(("circumstances", "mismatch", "law"), "APPC 100(3)")
DISMISSAL = {"unfounded": "APPC 100(1)", "late": "APPC 92(3)"}
UNHEARD: dict[str, str] = dict.fromkeys(("enforcement", "urgent", "at-request"), "APPC 73(2)")

UNCONSIDERED_2021: dict[str, str] = dict.fromkeys(
    ("decided-before", "court-decision", "returned", "withdrawn"), "APPC 95(1)"
)

WITHDRAWN = {"withdrawn": "APPC 95(1)"}
UNCONSIDERED = {**UNCONSIDERED_2021, "court-claim": "APPC 95(1)(5)"}
