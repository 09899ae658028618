"""Where the data that comes with the program stands."""

from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"
