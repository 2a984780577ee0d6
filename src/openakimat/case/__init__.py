"""What was done, by whom."""

from openakimat.case.act import *
from openakimat.case.acts import *
from openakimat.case.people import *
from openakimat.case.record import *
