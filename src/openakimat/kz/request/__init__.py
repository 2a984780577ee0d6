"""A public service, from the package to the result. Source: Law 88-V, 18-21-1."""

from openakimat.kz.acts import (
    Accept as Accept,
    ConfirmReceipt as ConfirmReceipt,
    Decide as Decide,
    Deliver as Deliver,
    Hear as Hear,
    Object as Object,
    Propose as Propose,
    Withdraw as Withdraw,
)
from openakimat.kz.consultation import Consult as Consult
from openakimat.kz.request.acts import *
from openakimat.kz.request.charts import (
    Request2013 as Request2013,
    Request2016 as Request2016,
    Request2019 as Request2019,
    Request2022 as Request2022,
    Request2024 as Request2024,
    Request2026 as Request2026,
)
from openakimat.kz.request.guards import lacking as lacking
from openakimat.kz.request.lateness import (
    DelayShare as DelayShare,
    consultings as consultings,
    delays as delays,
    delivery as delivery,
)
from openakimat.kz.request.services import (
    Coverage as Coverage,
    Document as Document,
    Service as Service,
    Waiting as Waiting,
    coverage as coverage,
    services as services,
)
