"""Where mails are read: warm child processes with limits, so that no mail can stop, fill or harm the desk."""
