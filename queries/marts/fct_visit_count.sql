-- Visits and spending by month and region and at most two more columns, all batches added up.
-- Counts are exact here; questions protect them by the key of each cell, which is the sum of the
-- keys of its visits, and unknown where those of a batch are.
-- grain: one row per month, region, breakdown and its values
-- reads: stg_visit_count
SELECT
    month,
    year,
    region,
    breakdown,
    institution,
    nationality,
    department,
    institution_class,
    sex,
    age_band,
    is_first_visit,
    cast(sum(visit_count) AS BIGINT) AS visit_count,
    cast(sum(spending_krw) AS DECIMAL(24, 6)) AS spending_krw,
    cast(sum(spending_count) AS BIGINT) AS spending_count,
    cell_key(visit_key) AS visit_key,
    cell_key(spending_key) AS spending_key,
    two_largest(spending_largest) AS spending_largest,
    list_sort(list(DISTINCT batch_id)) AS batch_ids
FROM stg_visit_count
GROUP BY ALL
