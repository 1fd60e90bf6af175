"""The outbox: every letter is a row, written in the transaction of the step that causes it, before it is sent."""
