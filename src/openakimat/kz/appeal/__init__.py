"""An application, in the ordinary procedure. Source: Law 221; APPC 62-86."""

from openakimat.case.acts import Receive as Receive, Register as Register, Reopen as Reopen
from openakimat.kz.acts import (
    Accept as Accept,
    Annul as Annul,
    AskFile as AskFile,
    Assign as Assign,
    ConfirmReceipt as ConfirmReceipt,
    CorrectSlip as CorrectSlip,
    Decide as Decide,
    DecideRecusal as DecideRecusal,
    DecideRemarks as DecideRemarks,
    Deliver as Deliver,
    Extend as Extend,
    Hear as Hear,
    JoinFile as JoinFile,
    Notify as Notify,
    Object as Object,
    Propose as Propose,
    Recuse as Recuse,
    Redirect as Redirect,
    RegisterRedirected as RegisterRedirected,
    RemarkOnProtocol as RemarkOnProtocol,
    ReportSlip as ReportSlip,
    Return as Return,
    ShowFile as ShowFile,
    Terminate as Terminate,
    WaiveHearing as WaiveHearing,
    Withdraw as Withdraw,
)
from openakimat.kz.appeal.acts import (
    AskToCorrect as AskToCorrect,
    Close as Close,
    Correct as Correct,
    CorrectionOver as CorrectionOver,
    DeemClosed as DeemClosed,
    DeemRefused as DeemRefused,
    DeliverUninstructed as DeliverUninstructed,
    Entrust as Entrust,
    Execute as Execute,
    Inquire as Inquire,
    Rate as Rate,
    RedirectPart as RedirectPart,
    SignProtocol as SignProtocol,
)
from openakimat.kz.appeal.code2021 import Appeal2021 as Appeal2021
from openakimat.kz.appeal.code2026 import Appeal2026 as Appeal2026
from openakimat.kz.appeal.l221 import AppealL221 as AppealL221
