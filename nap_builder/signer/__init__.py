"""The signing service: a process apart, run by a user of its own, which alone can read the key that documents bear."""
