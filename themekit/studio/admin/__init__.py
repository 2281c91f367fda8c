"""Who may change gateway policies, how a change is judged and published, and what is written down of it."""
