"""The arithmetic of progress: pure functions of what an indicator says and what was reported."""
