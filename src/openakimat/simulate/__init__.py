"""The law at work on many cases at once."""
