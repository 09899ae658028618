"""The questions of the room: periods, what is due, and what is reported so far."""
