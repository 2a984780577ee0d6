"""The grounds of what may be done with a complaint that more than one room asks for."""

from openakimat.kz.data import values

DISMISSAL = values("complaint.dismissal")
REVERSAL = values("complaint.reversal")
UNHEARD = values("complaint.unheard")
