"""What parliament is given: one page that stays, with the plan, what changed in it, and what one may ask."""
