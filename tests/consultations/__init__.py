"""Consultations: the record, comments, answers, and what is shown of them."""
