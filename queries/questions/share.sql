-- What share of Korea's figure does a region have, computed and as printed?
-- Computed only where both settled figures are there and Korea's is not the smaller; the printed share stands beside it. A change
-- compares computed with computed or printed with printed, since they round differently.
-- grain: one row
-- reads: fct_figure
-- param: $metric VARCHAR in dim_metric.metric = 'foreign_patients'. Code of the metric.
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code.
-- param: $year INTEGER. Calendar year.
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: value DECIMAL (unit)
-- returns: korea_value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: computed_share_pct DOUBLE (per cent)
-- returns: printed_share_pct DECIMAL (per cent)
-- returns: share_pct DOUBLE (per cent)
-- returns: is_printed BOOLEAN
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: previous_share_pct DOUBLE (per cent)
-- returns: change_points DOUBLE (percentage points)
-- returns: source_ids VARCHAR[]
WITH
total AS (
    SELECT *
    FROM fct_figure
    WHERE
        is_annual_total(period, nationality, department, institution_class)
),

yearly AS (
    SELECT
        k.year,
        r.value,
        k.value AS korea_value,
        k.unit,
        if(
            r.value <= k.value,
            100 * cast(r.value AS DOUBLE) / nullif(cast(k.value AS DOUBLE), 0), NULL
        ) AS computed_share_pct,
        p.value AS printed_share_pct,
        coalesce(computed_share_pct, cast(p.value AS DOUBLE)) AS share_pct,
        computed_share_pct IS NULL AND p.value IS NOT NULL AS is_printed,
        if(computed_share_pct IS NULL, p.evidence, weakest_evidence([r.evidence, k.evidence]))
            AS evidence,
        if(computed_share_pct IS NULL, p.is_approximate, r.is_approximate OR k.is_approximate)
            AS is_approximate,
        if(computed_share_pct IS NULL, p.dissent_count, r.dissent_count + k.dissent_count)
            AS dissent_count,
        list_distinct(
            list_concat(
                if(computed_share_pct IS NULL, [], list_concat(r.source_ids, k.source_ids)),
                coalesce(p.source_ids, [])
            )
        ) AS source_ids
    FROM total AS k
    LEFT JOIN total AS r ON r.metric = $metric AND r.region = $region AND k.year = r.year
    LEFT JOIN total AS p
        ON
            p.metric = if($metric = 'foreign_patients', 'share_pct', NULL)
            AND p.region = $region
            AND k.year = p.year
    WHERE k.metric = $metric AND k.region = 'KR' AND $region <> 'KR'
)

SELECT
    $region AS region,
    $year AS year,
    c.value,
    c.korea_value,
    c.unit,
    c.computed_share_pct,
    c.printed_share_pct,
    c.share_pct,
    coalesce(c.is_printed, FALSE) AS is_printed,
    if(c.share_pct IS NULL, 'no data', c.evidence) AS evidence,
    coalesce(c.is_approximate, FALSE) AS is_approximate,
    coalesce(c.dissent_count, 0) AS dissent_count,
    if(c.is_printed, cast(p.printed_share_pct AS DOUBLE), p.computed_share_pct)
        AS previous_share_pct,
    c.share_pct - previous_share_pct AS change_points,
    coalesce(list_sort(c.source_ids), []) AS source_ids
FROM (SELECT $year AS year) AS q
LEFT JOIN yearly AS c ON q.year = c.year
LEFT JOIN yearly AS p ON q.year - 1 = p.year
