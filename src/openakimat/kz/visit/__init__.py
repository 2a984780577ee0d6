"""A visitor with a ticket, from the queue to the window: practice of front offices."""

from openakimat.kz.visit.acts import *
from openakimat.kz.visit.audit import passed_over as passed_over
from openakimat.kz.visit.charts import Visit as Visit
from openakimat.kz.visit.presence import presence as presence
from openakimat.kz.visit.queue import next_in as next_in, order as order, waits as waits
from openakimat.kz.visit.window import (
    in_person as in_person,
    one_window as one_window,
    shares as shares,
)
