"""An application, in the ordinary procedure. Source: Law 221; APPC 62-86."""

from openakimat.case.acts import Receive as Receive, Register as Register, Reopen as Reopen
from openakimat.kz.acts import *
from openakimat.kz.appeal.acts import *
from openakimat.kz.appeal.code2021 import Appeal2021 as Appeal2021
from openakimat.kz.appeal.code2026 import Appeal2026 as Appeal2026
from openakimat.kz.appeal.l221 import AppealL221 as AppealL221
