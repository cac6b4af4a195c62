"""A network that there is not, added by the three steps of CONTRIBUTING: a folder with a value and a class. The one line in
NETWORKS is written by the test."""
