"""The world as the house touches it: clock, mailboxes, post, disk, Prefect, chance. All of it obeys one seed."""
