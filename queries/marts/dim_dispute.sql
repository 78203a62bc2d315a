-- Pairs of statements that do not agree.
-- grain: one row per dispute_id
-- reads: stg_dispute
FROM stg_dispute
