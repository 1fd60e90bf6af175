"""Long work and the timetable's own record: when each task last ran, and how it ended."""
