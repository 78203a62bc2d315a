-- Visits and spending by month and region, and by nothing or one more column, batch for batch.
-- The rows stay in files of their own, and are read there: the breakdown names the column, and a
-- column that a row is not counted by is empty. Counts are exact here; questions add them up, and
-- protect them by the key of each cell, which is the sum of the keys of its visits, and unknown
-- where those of a batch are.
-- grain: one row per batch, month, region, breakdown and its values
-- reads: visits.visit_count
SELECT
    batch_id,
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
    visit_count,
    spending_krw,
    spending_count,
    visit_key,
    spending_key,
    spending_largest
FROM visits.visit_count
