-- What is the settled figure of a metric for a region and year, and how did it change on the year?
-- Between two lower bounds there is a change only if the same parts are missing from both.
-- The year 2008 precedes registration and is no baseline for patients.
-- grain: one row, also when there is no figure
-- reads: fct_figure, fct_claim, dim_metric
-- param: $metric VARCHAR in dim_metric.metric. Code of the metric.
-- param: $region VARCHAR in dim_place.region. ISO 3166-2:KR code, KR for the country; several joined by `;` for a group that cannot be split.
-- param: $year INTEGER. Calendar year.
-- param: $period VARCHAR in fct_claim.period = 'annual'. Part of the year; a part is compared with the same part only.
-- param: $nationality VARCHAR in fct_claim.nationality = null. ISO 3166-1 alpha-2; null: all together.
-- param: $department VARCHAR in fct_claim.department = null. null: all together.
-- param: $institution_class VARCHAR in fct_claim.institution_class = null. null: all together.
-- returns: metric VARCHAR
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: period VARCHAR
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: is_lower_bound BOOLEAN
-- returns: printed_by BIGINT (publishers)
-- returns: claim_count BIGINT (claims)
-- returns: dissent_count BIGINT (claims)
-- returns: left_out_count BIGINT (claims)
-- returns: item_count BIGINT (items added up)
-- returns: unpublished_count BIGINT (parts announced without an amount, not in the sum)
-- returns: previous_year INTEGER
-- returns: previous_value DECIMAL (unit)
-- returns: previous_evidence VARCHAR
-- returns: is_previous_approximate BOOLEAN
-- returns: previous_dissent_count BIGINT (claims)
-- returns: is_previous_lower_bound BOOLEAN
-- returns: change DECIMAL (unit, percentage points for shares)
-- returns: change_pct DOUBLE (per cent)
-- returns: printed_change_pct DECIMAL (per cent)
-- returns: source_ids VARCHAR[]
WITH
cell AS (
    SELECT *
    FROM fct_figure
    WHERE
        metric = $metric
        AND region = $region
        AND period = $period
        AND nationality IS NOT DISTINCT FROM $nationality
        AND department IS NOT DISTINCT FROM $department
        AND institution_class IS NOT DISTINCT FROM $institution_class
),

printed_growth AS (
    SELECT value
    FROM fct_figure
    WHERE
        metric = if($metric = 'foreign_patients', 'growth_pct', NULL)
        AND region = $region
        AND year = $year
        AND period = $period
        AND nationality IS NOT DISTINCT FROM $nationality
        AND department IS NOT DISTINCT FROM $department
        AND institution_class IS NOT DISTINCT FROM $institution_class
),

left_out AS (
    SELECT count(*) AS claim_count
    FROM fct_claim
    WHERE
        agreement = 'left out'
        AND metric = $metric
        AND region = $region
        AND year = $year
        AND period = $period
        AND nationality IS NOT DISTINCT FROM $nationality
        AND department IS NOT DISTINCT FROM $department
        AND institution_class IS NOT DISTINCT FROM $institution_class
)

SELECT
    $metric AS metric,
    $region AS region,
    $year AS year,
    $period AS period,
    c.value,
    coalesce(c.unit, m.unit) AS unit,
    coalesce(c.evidence, 'no data') AS evidence,
    coalesce(c.is_approximate, FALSE) AS is_approximate,
    coalesce(c.is_lower_bound, FALSE) AS is_lower_bound,
    c.printed_by,
    coalesce(c.claim_count, 0) AS claim_count,
    coalesce(c.dissent_count, 0) AS dissent_count,
    o.claim_count AS left_out_count,
    c.item_count,
    coalesce(len(c.unpublished_ids), 0) AS unpublished_count,
    if(p.value IS NULL, NULL, $year - 1) AS previous_year,
    p.value AS previous_value,
    p.evidence AS previous_evidence,
    coalesce(p.is_approximate, FALSE) AS is_previous_approximate,
    coalesce(p.dissent_count, 0) AS previous_dissent_count,
    coalesce(p.is_lower_bound, FALSE) AS is_previous_lower_bound,
    if(c.unpublished_ids = p.unpublished_ids, c.value - p.value, NULL) AS change,
    if(
        c.unit IN ('pct', 'rank') OR c.is_lower_bound OR p.is_lower_bound, NULL,
        100 * (cast(c.value AS DOUBLE) - cast(p.value AS DOUBLE))
        / nullif(cast(p.value AS DOUBLE), 0)
    ) AS change_pct,
    g.value AS printed_change_pct,
    coalesce(c.source_ids, []) AS source_ids
FROM left_out AS o
INNER JOIN dim_metric AS m ON m.metric = $metric
LEFT JOIN cell AS c ON c.year = $year
LEFT JOIN cell AS p
    ON
        p.year = $year - 1
        AND c.unit = p.unit
        AND NOT (p.metric = 'foreign_patients' AND p.year = 2008)
LEFT JOIN printed_growth AS g ON TRUE
