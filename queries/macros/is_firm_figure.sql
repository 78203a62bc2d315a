-- Whether a figure is exact, final and uncontested, so that shares may be made of it.
CREATE MACRO is_firm_figure(evidence, is_approximate) AS -- noqa: CP05
evidence IN ('settled', 'single source') AND NOT is_approximate;
