"""A notification, proposal, response or inquiry. Source: Law 221; APPC 87-89."""

from openakimat.kz.acts import (
    Accept as Accept,
    AskFile as AskFile,
    Assign as Assign,
    ConfirmReceipt as ConfirmReceipt,
    CorrectSlip as CorrectSlip,
    DecideRecusal as DecideRecusal,
    Deliver as Deliver,
    Extend as Extend,
    JoinFile as JoinFile,
    Notify as Notify,
    Recuse as Recuse,
    Redirect as Redirect,
    RegisterRedirected as RegisterRedirected,
    ReportSlip as ReportSlip,
    Return as Return,
    ShowFile as ShowFile,
    Terminate as Terminate,
    Withdraw as Withdraw,
)
from openakimat.kz.appeal.acts import (
    AskToCorrect as AskToCorrect,
    Close as Close,
    Correct as Correct,
    CorrectionOver as CorrectionOver,
    DeemClosed as DeemClosed,
    Inquire as Inquire,
    Rate as Rate,
    RedirectPart as RedirectPart,
)
from openakimat.kz.simplified.acts import Note as Note, Reply as Reply
from openakimat.kz.simplified.charts import (
    Simplified2021 as Simplified2021,
    Simplified2026 as Simplified2026,
    SimplifiedL221 as SimplifiedL221,
)
