-- Events; undated ones have no year.
-- grain: one row per event_id
-- reads: stg_event
FROM stg_event
