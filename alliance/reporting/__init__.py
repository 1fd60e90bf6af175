"""What goes upward: the pack for the Department (报批材料包), from one day's data of all three apps."""
