"""One renderer for each format a document is given out in."""
