-- Whether a figure is of a whole year, of all departments and of all classes of institutions.
CREATE MACRO is_annual_cell(period, department, institution_class) AS -- noqa: CP05
period = 'annual' AND department IS NULL AND institution_class IS NULL;
