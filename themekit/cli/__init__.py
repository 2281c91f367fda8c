"""The command line: one file a command. Commands parse, call build/ or a stage, and show what came back."""
