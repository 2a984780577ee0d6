"""What the official system counts by another law. Source: tests of the e-Otinish system, 2022."""

from openakimat.case.acts import Receive as Receive, Register as Register
from openakimat.kz.acts import Extend as Extend, Redirect as Redirect, Withdraw as Withdraw
from openakimat.kz.other_law.charts import OtherLaw as OtherLaw
from openakimat.kz.simplified.acts import Reply as Reply
