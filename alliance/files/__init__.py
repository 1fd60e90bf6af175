"""Private uploads: checked, named by us, served after asking whose they are."""
