-- Which shares and growth rates of a region and year are known only as printed per cent?
-- A rate is left out where the persons behind it are published too. It is never turned into persons,
-- since denominators differ (patients, department counts, without unknown nationalities), as far as
-- the note says. Parts of a year and several years carry their period.
-- grain: one row per nationality, department or institution class and period
-- reads: fct_figure, fct_claim
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- returns: breakdown VARCHAR
-- returns: nationality VARCHAR
-- returns: department VARCHAR
-- returns: institution_class VARCHAR
-- returns: period VARCHAR
-- returns: share_pct DECIMAL (per cent)
-- returns: share_evidence VARCHAR
-- returns: is_share_approximate BOOLEAN
-- returns: share_dissent_count BIGINT (claims)
-- returns: share_note VARCHAR
-- returns: growth_pct DECIMAL (per cent)
-- returns: growth_evidence VARCHAR
-- returns: is_growth_approximate BOOLEAN
-- returns: growth_dissent_count BIGINT (claims)
-- returns: growth_note VARCHAR
-- returns: source_ids VARCHAR[]
WITH
figure AS (
    SELECT
        *,
        concat_ws('|', nationality, department, institution_class) AS part_code
    FROM fct_figure
    WHERE
        region = $region
        AND metric IN ('foreign_patients', 'share_pct', 'growth_pct')
        AND NOT contains(part_code, '|')
),

total AS (
    SELECT year
    FROM figure
    WHERE
        metric = 'foreign_patients'
        AND period = 'annual'
        AND part_code = ''
        AND is_firm_figure(evidence, is_approximate)
),

rate AS (
    SELECT
        f.*,
        c.note
    FROM figure AS f
    INNER JOIN fct_claim AS c ON f.cell_id = c.cell_id AND c.is_settled
    LEFT JOIN figure AS p
        ON
            p.metric = 'foreign_patients'
            AND f.period = p.period
            AND f.part_code = p.part_code
            AND f.year = p.year
    LEFT JOIN figure AS b
        ON
            b.metric = 'foreign_patients'
            AND f.period = b.period
            AND f.part_code = b.part_code
            AND f.year - 1 = b.year
    LEFT JOIN total AS t ON f.year = t.year
    WHERE
        f.metric <> 'foreign_patients'
        AND f.part_code <> ''
        AND f.year = $year
        AND NOT CASE f.metric
            WHEN 'growth_pct' THEN p.value IS NOT NULL AND b.value IS NOT NULL
            ELSE p.value IS NOT NULL AND (t.year IS NOT NULL OR f.nationality IS NULL)
        END
)

SELECT
    CASE
        WHEN nationality IS NOT NULL THEN 'nationality'
        WHEN department IS NOT NULL THEN 'department'
        ELSE 'institution_class'
    END AS breakdown,
    nationality,
    department,
    institution_class,
    period,
    max(value) FILTER (WHERE metric = 'share_pct') AS share_pct,
    coalesce(max(evidence) FILTER (WHERE metric = 'share_pct'), 'no data') AS share_evidence,
    coalesce(bool_or(is_approximate) FILTER (WHERE metric = 'share_pct'), FALSE)
        AS is_share_approximate,
    coalesce(max(dissent_count) FILTER (WHERE metric = 'share_pct'), 0) AS share_dissent_count,
    max(note) FILTER (WHERE metric = 'share_pct') AS share_note,
    max(value) FILTER (WHERE metric = 'growth_pct') AS growth_pct,
    coalesce(max(evidence) FILTER (WHERE metric = 'growth_pct'), 'no data') AS growth_evidence,
    coalesce(bool_or(is_approximate) FILTER (WHERE metric = 'growth_pct'), FALSE)
        AS is_growth_approximate,
    coalesce(max(dissent_count) FILTER (WHERE metric = 'growth_pct'), 0) AS growth_dissent_count,
    max(note) FILTER (WHERE metric = 'growth_pct') AS growth_note,
    list_sort(list_distinct(flatten(list(source_ids)))) AS source_ids
FROM rate
GROUP BY nationality, department, institution_class, period
ORDER BY
    breakdown = 'institution_class', breakdown = 'department', period <> 'annual',
    share_pct DESC NULLS LAST, growth_pct DESC NULLS LAST, nationality, department,
    institution_class
