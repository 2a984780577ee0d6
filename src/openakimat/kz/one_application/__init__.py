"""One application for several services. Source: Law 88-V, 1(1-4)."""

from openakimat.case.acts import Register as Register
from openakimat.kz.acts import Withdraw as Withdraw
from openakimat.kz.one_application.acts import (
    AnswerAll as AnswerAll,
    ApplyForSeveral as ApplyForSeveral,
    SplitOff as SplitOff,
)
from openakimat.kz.one_application.charts import (
    OneApplication2016 as OneApplication2016,
    OneApplication2024 as OneApplication2024,
    OneApplication2026 as OneApplication2026,
)
