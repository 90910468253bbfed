"""Opens documents: one file a format, each behind the same door, all in a child process with limits."""
