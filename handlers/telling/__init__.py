"""What we tell: the mails for what was decided, reminders, lists, and what belongs to no incident."""
