-- What is known of a metric of a region and year for which there is no settled figure?
-- The items that may not be added up, such as the ranks in two programmes, and figures of a group of
-- regions that cannot be split; and the latest year before that has a figure, else the first after.
-- Of foreign patients both the nearest years, the printed share and printed changes, what was left
-- out as suspect, and how many there are at most by everything else that is printed, where no least
-- number is known.
-- grain: one row per known thing; no row where a settled figure exists
-- reads: fct_figure, fct_claim, fct_tally_item, fct_bound
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- param: $metric VARCHAR in dim_metric.metric = 'foreign_patients'. Code of the metric.
-- returns: kind VARCHAR
-- returns: item VARCHAR
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: note VARCHAR
-- returns: high BIGINT (persons)
-- returns: source_ids VARCHAR[]
WITH
known AS (
    SELECT *
    FROM fct_figure
    WHERE
        region = $region
        AND is_annual_total(period, nationality, department, institution_class)
),

nearest AS (
    SELECT max(year) FILTER (WHERE year < $year) AS year FROM known WHERE metric = $metric
    UNION ALL
    SELECT min(year) FILTER (WHERE year > $year) AS year
    FROM known
    WHERE metric = $metric
    HAVING $metric = 'foreign_patients' OR min(year) > $year
),

fact AS (
    SELECT
        1 AS seq,
        'left out' AS kind,
        year,
        value,
        unit,
        evidence,
        is_approximate,
        dissent_count,
        note,
        [source_id] AS source_ids
    FROM fct_claim
    WHERE
        metric = $metric
        AND metric = 'foreign_patients'
        AND region = $region
        AND year = $year
        AND is_annual_total(period, nationality, department, institution_class)
        AND agreement = 'left out'
    UNION ALL BY NAME
    SELECT
        0 AS seq,
        'item' AS kind,
        i.item_id AS item,
        i.year,
        i.value,
        i.unit,
        i.evidence,
        i.is_approximate,
        i.dissent_count,
        list_sort(list(DISTINCT c.source_id)) AS source_ids
    FROM fct_tally_item AS i
    INNER JOIN fct_claim AS c ON i.cell_id = c.cell_id AND c.agreement IN ('chosen', 'same')
    WHERE i.metric = $metric AND i.region = $region AND i.year = $year AND NOT i.is_additive
    GROUP BY ALL
    UNION ALL BY NAME
    SELECT
        1 AS seq,
        'at most' AS kind,
        year,
        high,
        'persons' AS unit,
        evidence,
        is_approximate,
        dissent_count,
        source_ids
    FROM fct_bound
    WHERE
        metric = $metric
        AND region = $region
        AND year = $year
        AND low = 0
        AND high IS NOT NULL
    UNION ALL BY NAME
    SELECT
        4 AS seq,
        'group' AS kind,
        region,
        year,
        value,
        unit,
        evidence,
        is_approximate,
        dissent_count,
        source_ids
    FROM fct_figure
    WHERE
        (metric = $metric OR (metric = 'share_pct' AND $metric = 'foreign_patients'))
        AND is_shared_by(region, $region)
        AND year = $year
        AND is_annual_total(period, nationality, department, institution_class)
    UNION ALL BY NAME
    SELECT
        CASE
            WHEN metric = $metric THEN 5
            WHEN metric = 'share_pct' THEN 2
            WHEN year = $year THEN 3
            ELSE 6
        END AS seq,
        CASE
            WHEN metric = $metric AND metric = 'foreign_patients'
                THEN if(year < $year, 'previous figure', 'next figure')
            WHEN metric = $metric THEN if(year < $year, 'latest figure', 'first figure')
            WHEN metric = 'share_pct' THEN 'share'
            WHEN year = $year THEN 'change'
            ELSE 'next change'
        END AS kind,
        year,
        value,
        unit,
        evidence,
        is_approximate,
        dissent_count,
        NULL AS note,
        source_ids
    FROM known
    WHERE
        (metric = $metric AND year IN (SELECT n.year FROM nearest AS n))
        OR (
            $metric = 'foreign_patients'
            AND (
                (metric = 'share_pct' AND year = $year)
                OR (metric = 'growth_pct' AND year IN ($year, $year + 1))
            )
        )
)

SELECT
    kind,
    item,
    region,
    year,
    value,
    unit,
    evidence,
    is_approximate,
    dissent_count,
    note,
    high,
    source_ids
FROM fact
WHERE
    NOT EXISTS (SELECT 1 FROM known AS k WHERE k.metric = $metric AND k.year = $year)
ORDER BY seq, year, item, unit, region
