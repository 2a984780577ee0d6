"""The host's side: an office at work on a journal."""

from openakimat.desk.asked import Filters as Filters
from openakimat.desk.desk import Desk as Desk
from openakimat.desk.events import relay as relay
from openakimat.desk.files import verify_journal as verify_journal
from openakimat.desk.lists import Found as Found, Outcome as Outcome, Page as Page
from openakimat.desk.possible import Possible as Possible
from openakimat.desk.rollup import RollUp as RollUp, roll_up as roll_up
from openakimat.judgement.card import Broken as Broken, Wakeup as Wakeup
