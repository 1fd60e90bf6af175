"""My unit: the pages on which whoever acts for a member unit sees and changes what the alliance holds of it."""
