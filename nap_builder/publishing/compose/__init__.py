"""Makes the printed document of a plan out of its nap-plan/1 file."""
