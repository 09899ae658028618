"""The task force's meetings, decisions and calendar."""
