-- What judges saw and praised, and what was planned, in printed order.
-- grain: one row per year, region, kind and seq
-- reads: stg_review_visit
FROM stg_review_visit
