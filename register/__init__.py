"""What has happened: the journal (the truth), the archive of mail bytes, and the workbook drawn from them."""
