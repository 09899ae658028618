"""The mechanism, the reporting periods, and one period: who reported, who is late, what waits."""
