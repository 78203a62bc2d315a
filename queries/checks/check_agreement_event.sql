-- Every event that an agreement names is in the record.
-- grain: one row per agreement without its event
-- reads: fct_agreement, dim_event
SELECT
    a.agreement_id,
    a.event_id
FROM fct_agreement AS a
ANTI JOIN dim_event AS e ON a.event_id = e.event_id
WHERE a.event_id IS NOT NULL
