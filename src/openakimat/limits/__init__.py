"""By which day, and why."""
