"""The ways this project runs a rubric, one backend a file; ``speed/plugins.py`` says what a file holds."""
