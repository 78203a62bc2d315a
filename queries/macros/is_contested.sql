-- Whether sources of equal weight print different figures.
CREATE MACRO is_contested(evidence) AS evidence = 'contested'; -- noqa: CP05
