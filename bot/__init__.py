"""The chat side of Onrecord: it knows Discord, Slack, the terminal and the clock."""
