"""A complaint, through the body complained of and the reviewing one. Source: Law 221, 12; APPC 91-101."""

from openakimat.kz.acts import (
    ConfirmReceipt as ConfirmReceipt,
    Decide as Decide,
    Deliver as Deliver,
    Hear as Hear,
    Notify as Notify,
    Object as Object,
    Propose as Propose,
    Redirect as Redirect,
    Return as Return,
    Terminate as Terminate,
    Withdraw as Withdraw,
)
from openakimat.kz.appeal.acts import (
    AskToCorrect as AskToCorrect,
    Close as Close,
    Correct as Correct,
    CorrectionOver as CorrectionOver,
    Execute as Execute,
)
from openakimat.kz.complaint.acts import *
from openakimat.kz.complaint.charts import (
    Complaint2021 as Complaint2021,
    Complaint2026 as Complaint2026,
    ComplaintL221 as ComplaintL221,
)
from openakimat.kz.complaint.redress import (
    filing_deadline as filing_deadline,
    is_stayed as is_stayed,
)
