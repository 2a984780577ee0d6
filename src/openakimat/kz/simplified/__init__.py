"""A notification, proposal, response or inquiry. Source: Law 221; APPC 87-89."""

from openakimat.kz.acts import Withdraw as Withdraw
from openakimat.kz.simplified.acts import Note as Note, Reply as Reply
from openakimat.kz.simplified.charts import (
    Simplified2021 as Simplified2021,
    Simplified2026 as Simplified2026,
    SimplifiedL221 as SimplifiedL221,
)
