-- The key of what several cells count together: keys are below 2^32, and sums of them wrap round.
-- Where one has none, the whole has none.
CREATE MACRO cell_key(keys) AS if( -- noqa: CP05
    count(keys) = count(*), cast(sum(keys) % 4294967296 AS BIGINT), NULL
);
