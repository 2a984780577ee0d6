"""The state check of the quality of services. Source: Law 88-V, 27-27-4."""

from openakimat.case.acts import Pause as Pause, Resume as Resume
from openakimat.kz.acts import Deliver as Deliver, Hear as Hear, Notify as Notify, Object as Object
from openakimat.kz.inspection.acts import *
from openakimat.kz.inspection.charts import (
    Inspection2024 as Inspection2024,
    Inspection2026 as Inspection2026,
)
