"""Who belongs, and the bodies they form."""
