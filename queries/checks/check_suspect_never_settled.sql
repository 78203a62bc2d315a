-- A suspect claim is never a figure.
-- grain: one row per claim
-- reads: fct_claim
SELECT claim_id
FROM fct_claim
WHERE is_suspect AND is_settled
