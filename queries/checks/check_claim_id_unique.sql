-- Every claim has an id of its own.
-- grain: one row per id that occurs twice
-- reads: fct_claim
SELECT
    claim_id,
    count(*) AS occurrence_count
FROM fct_claim
GROUP BY claim_id
HAVING count(*) > 1
