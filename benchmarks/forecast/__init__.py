"""How good are the forecasts, against the simplest there are, on real series?"""
