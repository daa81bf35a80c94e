"""What to expect before a run: the alert burden that chance alone makes, and error rates by group."""

from vetting.forecasting.burden import forecast as forecast
from vetting.forecasting.burden import forecasts as forecasts
from vetting.forecasting.error_rates import ErrorRates as ErrorRates
from vetting.forecasting.error_rates import GroupRate as GroupRate
from vetting.forecasting.error_rates import error_rates as error_rates
from vetting.forecasting.estimates import CalibrationRow as CalibrationRow
from vetting.forecasting.estimates import Estimate as Estimate
from vetting.forecasting.estimates import Forecast as Forecast

__all__ = [
    "CalibrationRow",
    "ErrorRates",
    "Estimate",
    "Forecast",
    "GroupRate",
    "error_rates",
    "forecast",
    "forecasts",
]
