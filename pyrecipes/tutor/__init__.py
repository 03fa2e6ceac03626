"""One sitting: what comes next, and what an input does. Without a terminal and without a clock."""
