"""What a user would pick instead, one tool a file; ``speed/plugins.py`` says what a file holds."""
