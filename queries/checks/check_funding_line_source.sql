-- Every funding line names a source of the record, or it would be lost.
-- grain: one row per lost line
-- reads: stg_funding_line, fct_funding_line
SELECT f.funding_line_id
FROM stg_funding_line AS f
ANTI JOIN fct_funding_line AS k ON f.funding_line_id = k.funding_line_id
