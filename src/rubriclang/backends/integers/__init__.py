"""The integer form of a program: what the compiled, the columnar and the SQL backend all emit from."""
