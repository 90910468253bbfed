"""What a mail or a document says: bytes in, frozen values out. No network, no database, no exception for bad input."""
