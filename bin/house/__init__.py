"""What the commands in bin/ do. Plain Python with nothing installed: it runs before there is a `.venv`."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
