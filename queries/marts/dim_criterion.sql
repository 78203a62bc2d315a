-- Criteria of reviews.
-- grain: one row per criterion_line
-- reads: stg_review_criterion
FROM stg_review_criterion
