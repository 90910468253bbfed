"""The rounds of a desk: mail is collected and acted on, time passes, mail is sent. `flows/` says when."""
