"""Queues of cases run forward, twice: event by event, and in compiled loops; held equal by tests."""
