-- Which statements of the record do not agree, and how are they to be read?
-- grain: one row per dispute_id
-- reads: dim_dispute
-- returns: dispute_id VARCHAR
-- returns: subject VARCHAR
-- returns: statement_a VARCHAR
-- returns: statement_b VARCHAR
-- returns: reading VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    dispute_id,
    subject,
    statement_a,
    statement_b,
    reading,
    source_ids
FROM dim_dispute
ORDER BY dispute_id
