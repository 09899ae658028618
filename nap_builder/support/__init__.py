"""What a plan asks of donors and partners."""
