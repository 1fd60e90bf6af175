"""Papers: PDF by typst, Word in the layout of GB/T 9704, and every produced one kept as it was."""
