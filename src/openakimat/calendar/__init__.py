"""Which days and hours count."""
