"""The record: written, sealed, proved."""
