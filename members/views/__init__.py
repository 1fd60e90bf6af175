"""What a visitor sees of the alliance's members."""
