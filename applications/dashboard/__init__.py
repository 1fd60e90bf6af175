"""A batch in figures, and as the board on which it is reviewed: a fixed number of questions, whatever its size, and no writes."""
