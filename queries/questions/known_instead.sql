-- What is known about foreign patients of a region and year for which there is no settled figure?
-- Neighbouring years, the printed share and printed changes, and what was left out as suspect.
-- grain: one row per known thing; no row where a settled figure exists
-- reads: fct_figure, fct_claim
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- returns: kind VARCHAR
-- returns: year INTEGER
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: evidence VARCHAR
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
WITH
known AS (
    SELECT *
    FROM fct_figure
    WHERE
        region = $region
        AND period = 'annual'
        AND nationality IS NULL
        AND department IS NULL
        AND institution_class IS NULL
),

fact AS (
    SELECT
        1 AS seq,
        'left out' AS kind,
        year,
        value,
        unit,
        evidence,
        note,
        [source_id] AS source_ids
    FROM fct_claim
    WHERE
        metric = 'foreign_patients'
        AND region = $region
        AND year = $year
        AND period = 'annual'
        AND nationality IS NULL
        AND department IS NULL
        AND institution_class IS NULL
        AND agreement = 'left out'
    UNION ALL BY NAME
    SELECT
        CASE metric WHEN 'share_pct' THEN 2 WHEN 'growth_pct' THEN if(year = $year, 3, 6) ELSE 5 END
            AS seq,
        CASE
            WHEN metric = 'share_pct' THEN 'share'
            WHEN metric = 'growth_pct' AND year = $year THEN 'change'
            WHEN metric = 'growth_pct' THEN 'next change'
            WHEN year < $year THEN 'previous figure'
            ELSE 'next figure'
        END AS kind,
        year,
        value,
        unit,
        evidence,
        NULL AS note,
        source_ids
    FROM known
    WHERE
        (metric = 'share_pct' AND year = $year)
        OR (metric = 'growth_pct' AND year IN ($year, $year + 1))
        OR (metric = 'foreign_patients' AND year IN ($year - 1, $year + 1))
)

SELECT
    kind,
    year,
    value,
    unit,
    evidence,
    note,
    source_ids
FROM fact
WHERE
    NOT EXISTS (SELECT 1 FROM known AS k WHERE k.metric = 'foreign_patients' AND k.year = $year)
ORDER BY seq, year
