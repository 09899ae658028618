"""What ministries report."""
