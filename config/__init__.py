"""What an operator writes, checked and frozen. Imports nothing of ours."""
