-- Where each region with a figure of a year stands among those with one, and between which places
-- among all. Competition ranking (1, 2, 2, 4) before rounding, the greatest value first.
-- A rounded figure stands for all that rounds to it, a lower bound for anything above: only what is
-- greater for certain stands above (among_best, among_worst). Among all, what is printed of foreign
-- patients decides, also for the share of them; of other metrics regions without a figure could
-- stand anywhere: the best rank assumes them all below, the worst all above.
-- grain: one row per metric, region and year, regions alone only
-- reads: fct_figure, dim_region, fct_bound
WITH
region_total AS (
    SELECT count(*) AS region_count
    FROM dim_region
    WHERE NOT is_nation
),

figure AS (
    SELECT
        f.*,
        f.value - f.half_unit AS least,
        if(f.is_lower_bound, NULL, f.value + f.half_unit) AS greatest
    FROM fct_figure AS f
    INNER JOIN dim_region AS r ON f.region = r.region AND NOT r.is_nation
    WHERE is_annual_total(f.period, f.nationality, f.department, f.institution_class)
),

beside AS (
    SELECT
        f.metric,
        f.region,
        f.year,
        1 + count(*) FILTER (WHERE o.least > f.greatest) AS among_best,
        1 + count(*) FILTER (
            WHERE o.region <> f.region AND coalesce(o.greatest > f.least, TRUE)
        ) AS among_worst
    FROM figure AS f
    INNER JOIN figure AS o ON f.metric = o.metric AND f.year = o.year
    GROUP BY ALL
)

SELECT
    f.metric,
    f.region,
    f.year,
    rank() OVER (PARTITION BY f.metric, f.year ORDER BY f.value DESC) AS rank,
    count(*) OVER (PARTITION BY f.metric, f.year) AS of_count,
    s.among_best,
    s.among_worst,
    coalesce(b.rank_best, s.among_best) AS rank_best,
    coalesce(b.rank_worst, s.among_worst + t.region_count - of_count) AS rank_worst,
    CASE
        WHEN b.is_rank_certain THEN b.rank_best
        WHEN b.region IS NULL AND of_count = t.region_count AND s.among_best = s.among_worst
            THEN s.among_best
    END AS rank_certain,
    coalesce(b.region_count, t.region_count) AS region_count,
    if(f.metric = b.metric, b.low, NULL) AS low,
    if(f.metric = b.metric, b.high, NULL) AS high,
    f.value,
    f.unit,
    f.evidence,
    f.is_approximate,
    f.dissent_count,
    f.is_lower_bound,
    f.unpublished_ids,
    f.source_ids
FROM figure AS f
CROSS JOIN region_total AS t
INNER JOIN beside AS s ON f.metric = s.metric AND f.region = s.region AND f.year = s.year
LEFT JOIN fct_bound AS b
    ON
        b.metric = if(f.metric = 'share_pct', 'foreign_patients', f.metric)
        AND f.region = b.region
        AND f.year = b.year
