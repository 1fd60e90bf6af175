"""What a visitor and a member unit see of the alliance's members."""
