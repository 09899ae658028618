"""What an institution writes for a period: the update of one activity, indicator or milestone."""
