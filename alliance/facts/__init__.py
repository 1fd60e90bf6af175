"""What the office knows about itself, and its pages say."""
