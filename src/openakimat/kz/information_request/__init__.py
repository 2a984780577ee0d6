"""A request for information. Source: Law 401-V, 11."""

from openakimat.case.acts import Receive as Receive
from openakimat.kz.acts import (
    Decide as Decide,
    Extend as Extend,
    Notify as Notify,
    Redirect as Redirect,
    Withdraw as Withdraw,
)
from openakimat.kz.appeal.acts import Inquire as Inquire
from openakimat.kz.information_request.acts import (
    AnswerOrally as AnswerOrally,
    RefuseInformation as RefuseInformation,
)
from openakimat.kz.information_request.charts import InformationRequest as InformationRequest
