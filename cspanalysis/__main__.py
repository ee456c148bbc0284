"""Run ``python -m cspanalysis`` as the command ``cspanalysis``."""

from cspanalysis.command.main import main

if __name__ == "__main__":
    main()
