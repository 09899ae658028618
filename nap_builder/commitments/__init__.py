"""What ministries promise: asked, accepted, changed, reminded."""
