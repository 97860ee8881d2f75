"""How well the memory model knows a learner, and what its schedule is worth: seeded, by hand."""
