"""How a check says no."""


class Bad(Exception):  # noqa: N818 — a refusal is not an error of the program
    """The file is refused; the code names the sentence in `alliance/files/words.py`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
