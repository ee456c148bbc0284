"""Run ``python -m cspanalysis`` as the command ``cspanalysis``."""

from cspanalysis.cli import main

if __name__ == "__main__":
    main()
