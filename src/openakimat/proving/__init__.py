"""A procedure searched for what can go wrong, held against its engine."""
