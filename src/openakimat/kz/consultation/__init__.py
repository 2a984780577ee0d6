"""Another body asked about a request. Source: Law 202-V, 25."""

from openakimat.kz.acts import Terminate as Terminate
from openakimat.kz.consultation.acts import (
    Ask as Ask,
    Consult as Consult,
    DeemAgreed as DeemAgreed,
    GiveOpinion as GiveOpinion,
)
from openakimat.kz.consultation.charts import Consultation as Consultation
