"""What the machine is given: files that are whole or not there, and log lines that say what they are about."""
