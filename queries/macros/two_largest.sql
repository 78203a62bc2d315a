-- The two largest of all that several lists hold, the largest first.
CREATE MACRO two_largest(amounts) AS list_reverse_sort(flatten(list(amounts)))[1:2]; -- noqa: CP05
