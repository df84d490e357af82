"""The versions of the program and of the language, which change apart."""

VERSION = "0.1.0"
LANGUAGE = "1"  # raised when a rubric that was valid comes to mean something else
