"""The duty to receive at least once a month. Source: Law 221, 13; APPC 90(3)."""

from openakimat.kz.reception.acts import ApproveSchedule as ApproveSchedule
from openakimat.kz.reception_month.acts import (
    CountReception as CountReception,
    DeemMissed as DeemMissed,
)
from openakimat.kz.reception_month.charts import (
    ReceptionMonth2021 as ReceptionMonth2021,
    ReceptionMonth2026 as ReceptionMonth2026,
    ReceptionMonthL221 as ReceptionMonthL221,
)
from openakimat.kz.reception_month.gaps import schedule_gaps as schedule_gaps
