"""Personal reception by a head. Source: Law 221, 13; APPC 90."""

from openakimat.kz.acts import (
    ConfirmReceipt as ConfirmReceipt,
    Object as Object,
    Propose as Propose,
    Redirect as Redirect,
    Withdraw as Withdraw,
)
from openakimat.kz.reception.acts import *
from openakimat.kz.reception.charts import (
    Reception2021 as Reception2021,
    Reception2026 as Reception2026,
    ReceptionL221 as ReceptionL221,
)
from openakimat.kz.visit.acts import MarkAbsent as MarkAbsent
