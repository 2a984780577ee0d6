"""The grounds of what may be done with an appeal under the Code, each with its article."""

from __future__ import annotations

OUTCOMES: dict[str, str] = dict.fromkeys(("favourable", "burdening"), "APPC 77")

TERMINATION = {
    "decided-before": "APPC 70(1)",
    "court-decision": "APPC 70(1)",
    "withdrawn": "APPC 70(1)",
    "other-law": "APPC 70(1)",
}

NOT_CORRECTED = {"not-corrected": "APPC 64(7)(1)"}

REDIRECTION = {"not-competent": "APPC 65(1)"}

UNHEARD: dict[str, str] = dict.fromkeys(
    ("enforcement", "short-term", "urgent", "at-request", "automated"), "APPC 73(2)"
)

REOPENING = {"remitted": "APPC 100(1)", "new-circumstances": "APPC 70(5)"}

AT_ONCE: dict[str, str] = dict.fromkeys(("crime", "security"), "APPC 64(7-2)")

RETURN: dict[str, str] = dict.fromkeys(("identical", "obscene"), "APPC 64(7)(2)")
