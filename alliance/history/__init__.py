"""Who took which step, when, and why; sealed into a chain that shows any later change."""
