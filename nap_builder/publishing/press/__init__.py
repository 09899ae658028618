"""The press: a process that lays out pages for the program, in children that reach nothing, and joins them to a PDF."""
