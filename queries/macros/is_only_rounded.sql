-- Whether nothing but rounded figures are printed.
CREATE MACRO is_only_rounded(evidence) AS evidence = 'approximate'; -- noqa: CP05
