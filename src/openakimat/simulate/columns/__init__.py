"""Days, deadlines and standings of a hundred thousand cases at once, by the same calendar and law as of one."""
