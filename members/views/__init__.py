"""What a visitor and a member unit see."""
