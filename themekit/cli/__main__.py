"""The command `themekit`, and `python -m themekit.cli`."""

from themekit.engine.sweeping import sweep_rarely


def main() -> None:
    """Run the command line: what it imports makes many values that last, so the first thing is to sweep rarely."""
    sweep_rarely()
    from themekit.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
