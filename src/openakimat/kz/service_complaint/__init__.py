"""A complaint about how a service was given. Source: Law 88-V, 25."""

from openakimat.kz.acts import (
    Deliver as Deliver,
    Notify as Notify,
    Redirect as Redirect,
    Return as Return,
    Withdraw as Withdraw,
)
from openakimat.kz.appeal.acts import (
    AskToCorrect as AskToCorrect,
    Close as Close,
    Correct as Correct,
    CorrectionOver as CorrectionOver,
)
from openakimat.kz.complaint.acts import DeemDismissed as DeemDismissed
from openakimat.kz.service_complaint.acts import *
from openakimat.kz.service_complaint.charts import (
    ServiceComplaint2013 as ServiceComplaint2013,
    ServiceComplaint2016 as ServiceComplaint2016,
    ServiceComplaint2021 as ServiceComplaint2021,
    ServiceComplaint2024 as ServiceComplaint2024,
    ServiceComplaint2026 as ServiceComplaint2026,
)
