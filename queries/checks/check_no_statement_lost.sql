-- Every statement became a claim: nothing is dropped silently.
-- grain: one row per lost statement
-- reads: fct_statement, fct_claim
SELECT t.statement_id
FROM fct_statement AS t
ANTI JOIN fct_claim AS c ON t.statement_id = c.claim_id
