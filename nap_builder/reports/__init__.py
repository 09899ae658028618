"""The documents of a reporting period: the progress report, the report card and the fact sheet."""
