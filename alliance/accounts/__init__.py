"""Who signs in, and which offices a person holds."""
