"""How a plan is adopted: its moves from state to state, the act of two people, and amendments."""
