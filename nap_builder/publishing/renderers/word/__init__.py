"""The parts of the Word renderer: the empty file with its styles, words, tables, and the package."""
