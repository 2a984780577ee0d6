"""Vectors are made once, at the commit that they name, and by no test."""

collect_ignore_glob = ["*.py"]
