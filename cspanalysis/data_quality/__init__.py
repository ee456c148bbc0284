"""What is known of the data themselves: months, vintages, totals and what is wrong with them."""

from cspanalysis.data_quality.found import Found, checked
from cspanalysis.data_quality.page import DataQuality

__all__ = ["DataQuality", "Found", "checked"]
