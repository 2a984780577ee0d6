"""For those who test a host: contracts for journals and numbers, a model of a journal, strategies."""
