"""How a word reaches a person: by e-mail, by SMS, or told by hand where there is neither."""
