"""A measure at work against somebody who reported. Source: Law 410-V, 24-1-24-4."""

from openakimat.kz.acts import Decide as Decide
from openakimat.kz.retaliation.acts import (
    AskReexamination as AskReexamination,
    ContestMeasure as ContestMeasure,
    DecideMeasure as DecideMeasure,
    DeclineReexamination as DeclineReexamination,
    DemandReexamination as DemandReexamination,
    LetMeasureStand as LetMeasureStand,
    ReferMeasure as ReferMeasure,
    ReportRetaliation as ReportRetaliation,
    SendCopy as SendCopy,
    SendMaterials as SendMaterials,
)
from openakimat.kz.retaliation.charts import (
    Retaliation2023 as Retaliation2023,
    Retaliation2025 as Retaliation2025,
)
from openakimat.kz.retaliation.guards import protection as protection
