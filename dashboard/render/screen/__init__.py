"""Any report on screen: the same sections, figures and sources that are printed."""
