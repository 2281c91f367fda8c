"""`python -m themekit.cli`: the same as the command `themekit`."""

from themekit.cli.main import main

if __name__ == "__main__":
    main()
