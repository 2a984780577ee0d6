"""The grounds of what may be done with an appeal under the Code, each with its article."""

from __future__ import annotations

OUTCOMES: dict[str, str] = dict.fromkeys(("favourable", "burdening"), "APPC 77")

TERMINATION = {
    "decided-before": "APPC 70(1)",
    "court-decision": "APPC 70(1)",
    "other-law": "APPC 70(1)",
}

WITHDRAWN = {"withdrawn": "APPC 70(1)"}
NOT_CORRECTED_2021 = {"not-corrected": "APPC 64(7)"}
NOT_CORRECTED = {"not-corrected": "APPC 64(7)(1)"}
REDIRECTION = {"not-competent": "APPC 65(1)"}

UNHEARD: dict[str, str] = dict.fromkeys(
    ("enforcement", "short-term", "urgent", "at-request"), "APPC 73(2)"
)
"""Not (7), for whoever decides an application has discretion; nor (8), of public services."""

ANNULMENT = {
    "burdening": {"unlawful": "APPC 84(4)", "lawful": "APPC 85(3)"},
    "favourable": {
        "unconstitutional-basis": "APPC 84(6)",
        "false-papers": "APPC 84(6)",
        "unlawful-acts": "APPC 84(6)",
        "public-interest": "APPC 84(6)",
        "law-and-act-allow": "APPC 85(4)",
        "condition-not-kept": "APPC 85(4)",
    },
}
"""Why a body may cancel its own act, by what the act was."""

REOPENING = {"remitted": "APPC 100(1)", "new-circumstances": "APPC 70(5)"}
AT_ONCE: dict[str, str] = dict.fromkeys(("crime", "security"), "APPC 64(7-2)")
RETURN: dict[str, str] = dict.fromkeys(("identical", "obscene"), "APPC 64(7)(2)")
