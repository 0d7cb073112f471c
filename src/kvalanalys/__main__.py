"""``python -m kvalanalys`` is the command line."""

from kvalanalys.cli import main

if __name__ == "__main__":
    main()
