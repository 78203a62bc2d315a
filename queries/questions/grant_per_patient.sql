-- How much cluster grant stood beside each foreign patient of a region in a year?
-- Money and patients side by side; not what a patient cost, and no causal claim.
-- grain: one row
-- reads: fct_figure
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code.
-- param: $year INTEGER. Calendar year.
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: cluster_grant_krw DECIMAL (KRW)
-- returns: foreign_patients DECIMAL (persons)
-- returns: grant_per_patient_krw DOUBLE (KRW per person)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: is_lower_bound BOOLEAN
-- returns: source_ids VARCHAR[]
WITH annual AS (
    SELECT *
    FROM fct_figure
    WHERE
        region = $region
        AND year = $year
        AND is_annual_total(period, nationality, department, institution_class)
)

SELECT
    $region AS region,
    $year AS year,
    g.value AS cluster_grant_krw,
    f.value AS foreign_patients,
    cast(g.value AS DOUBLE) / nullif(cast(f.value AS DOUBLE), 0) AS grant_per_patient_krw,
    if(
        g.value IS NULL OR f.value IS NULL, 'no data',
        weakest_evidence([g.evidence, f.evidence])
    ) AS evidence,
    coalesce(g.is_approximate OR f.is_approximate, FALSE) AS is_approximate,
    coalesce(g.dissent_count + f.dissent_count, 0) AS dissent_count,
    coalesce(g.is_lower_bound, FALSE) AS is_lower_bound,
    list_sort(list_concat(coalesce(g.source_ids, []), coalesce(f.source_ids, []))) AS source_ids
FROM (SELECT 1) AS q
LEFT JOIN annual AS g ON g.metric = 'cluster_grant_krw'
LEFT JOIN annual AS f ON f.metric = 'foreign_patients'
