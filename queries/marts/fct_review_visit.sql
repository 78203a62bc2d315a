-- What judges saw and praised, and what was planned, in printed order. A stop has the institution
-- whose name it is.
-- grain: one row per year, region, kind and seq
-- reads: stg_review_visit, dim_institution_name
SELECT
    v.*,
    n.institution_id
FROM stg_review_visit AS v
LEFT JOIN dim_institution_name AS n ON folded_name(v.item) = n.name AND v.kind = 'stop'
