"""A Word file (.docx) as a plan: read without trust, sorted by a person, handed on as nap-plan/1."""
