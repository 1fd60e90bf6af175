"""The demo: synthetic units in every state, made by the real steps inside `at(…)`."""
