"""What every room stands on: database, access, audit, jobs, errors, languages."""
