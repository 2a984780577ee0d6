"""A report of corruption; no record names the reporter. Source: Law 410-V, 22-24; APPC 64(7-2)."""

from openakimat.kz.acts import (
    Decide as Decide,
    Redirect as Redirect,
    Return as Return,
    Terminate as Terminate,
)
from openakimat.kz.corruption.acts import *
from openakimat.kz.corruption.charts import (
    CorruptionReport2016 as CorruptionReport2016,
    CorruptionReport2021 as CorruptionReport2021,
    CorruptionReport2023 as CorruptionReport2023,
    CorruptionReport2025 as CorruptionReport2025,
)
from openakimat.kz.corruption.competence import competent_body as competent_body
from openakimat.kz.corruption.reporter import (
    Confided as Confided,
    committed as committed,
    is_reporter as is_reporter,
    pseudonym as pseudonym,
)
from openakimat.kz.corruption.reward import Reward as Reward, reward as reward
