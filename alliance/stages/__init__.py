"""The five stages of the founding plan as they go: milestones, what was done in figures, and the papers of each, made or missing."""
