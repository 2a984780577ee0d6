"""Journals and numbers for hosts: in memory, and in SQL."""
