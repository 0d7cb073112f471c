"""What every reader and writer of files shares."""
