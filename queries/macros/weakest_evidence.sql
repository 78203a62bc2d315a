-- The weakest of several codes of evidence, NULL of none: the list is the order from firm to weak.
CREATE MACRO weakest_evidence(codes) AS list_extract( -- noqa: CP05
    list_filter(
        [
            'counted', 'settled', 'single source', 'provisional', 'approximate', 'contested',
            'self-reported', 'derived'
        ],
        LAMBDA e: list_contains(codes, e)
    ),
    -1
);
