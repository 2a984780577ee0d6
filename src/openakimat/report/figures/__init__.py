"""Figures of cases: each says what it counts, how many are open behind it, with what interval."""
