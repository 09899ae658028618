"""How the plan stands: the dashboard, the timeline, the scoreboard and what cuts across."""
