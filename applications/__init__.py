"""How an organisation applies, and how its application is reviewed batch by batch."""
