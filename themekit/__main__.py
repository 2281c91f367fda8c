"""`python -m themekit`: the command `themekit`, for machines where its script is on no path."""

from themekit.cli.__main__ import main

if __name__ == "__main__":
    main()
