"""What charts cite where no provision of law is seen, and who acts for a body in them."""

from __future__ import annotations

from openakimat.people import DEPUTY, EXECUTOR, HEAD, REGISTRAR

OF_OFFICE = "order of the office"
"""What an office asks of itself, beside the law."""

OF_FRONT_OFFICES = "practice of front offices"

E_OTINISH = "tests of the e-Otinish system, 2022"

HEADS = (HEAD, DEPUTY)
"""Who leads a body."""

STAFF = (REGISTRAR, EXECUTOR, *HEADS)
"""Who may act for a body in the daily course of a case."""
