-- Whether a figure is of a whole year and of everybody: no nationality, department or class of its own.
CREATE MACRO is_annual_total(period, nationality, department, institution_class) AS -- noqa: CP05
is_annual_cell(period, department, institution_class) AND nationality IS NULL;
