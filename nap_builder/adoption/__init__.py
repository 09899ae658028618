"""How a plan moves from state to state, and how it is adopted."""
