"""The work of a service akimat, as the law has it."""
