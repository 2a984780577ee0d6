"""Reports on a model and its cases; in a notebook everything shows itself once this is imported."""

from openakimat.report.frames import frame as frame
from openakimat.report.show import Year as Year, language as language
