-- What share of a region's foreign patients do the three greatest published nationalities hold?
-- Computed only where the total and all three are firm: exact, final and uncontested; otherwise the
-- reason says why not. Nationalities without a figure could be greater: if all other patients had one
-- nationality, the three greatest could hold `share_most_pct`. Groups of nationalities are left out.
-- grain: one row per year, from the region's first to its last year with a nationality, and the year asked
-- reads: fct_figure, fct_nationality_part
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year that must be among the rows.
-- returns: year INTEGER
-- returns: nationality VARCHAR
-- returns: value DECIMAL (persons)
-- returns: total_value DECIMAL (persons)
-- returns: share_pct DOUBLE (per cent of the region's patients)
-- returns: share_most_pct DOUBLE (per cent of the region's patients)
-- returns: nationality_count BIGINT (nationalities with a figure)
-- returns: evidence VARCHAR
-- returns: dissent_count BIGINT (claims)
-- returns: reason VARCHAR
-- returns: source_ids VARCHAR[]
WITH
figure AS (
    SELECT
        *,
        is_firm_figure(evidence, is_approximate) AS is_firm
    FROM fct_figure
    WHERE
        metric = 'foreign_patients'
        AND region = $region
        AND is_annual_cell(period, department, institution_class)
        AND NOT coalesce(contains(nationality, ';'), FALSE)
),

placed AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY year ORDER BY value DESC, nationality) AS place
    FROM figure
    WHERE nationality IS NOT NULL
),

span AS (
    SELECT
        least($year, min(year)) AS first_year,
        greatest($year, max(year)) AS last_year
    FROM placed
),

calendar AS (
    SELECT cast(unnest(range(first_year, last_year + 1)) AS INTEGER) AS year
    FROM span
),

top AS (
    SELECT
        year,
        count(*) AS nationality_count,
        string_agg(nationality, ';' ORDER BY place) FILTER (WHERE place <= 3) AS nationality,
        sum(value) FILTER (WHERE place <= 3) AS value,
        sum(value) FILTER (WHERE place <= 2) AS value_of_two,
        sum(value) AS published_value,
        bool_and(is_firm) FILTER (WHERE place <= 3) AS is_firm,
        list(evidence) FILTER (WHERE place <= 3) AS evidence,
        sum(dissent_count) FILTER (WHERE place <= 3) AS dissent_count,
        flatten(list(source_ids)) AS source_ids
    FROM placed
    GROUP BY year
),

contradiction AS (
    SELECT
        year,
        bool_or(is_contradictory) AS is_contradictory
    FROM fct_nationality_part
    WHERE region = $region
    GROUP BY year
),

judged AS (
    SELECT
        y.year,
        coalesce(n.nationality_count, 0) AS nationality_count,
        CASE
            WHEN w.value IS NULL THEN 'no total'
            WHEN coalesce(n.nationality_count, 0) < 3 THEN 'fewer than three'
            WHEN NOT w.is_firm THEN 'total not firm'
            WHEN NOT n.is_firm THEN 'nationality not firm'
            WHEN c.is_contradictory THEN 'contradiction'
        END AS reason,
        n.nationality,
        n.value,
        w.value AS total_value,
        greatest(n.value, n.value_of_two + w.value - n.published_value) AS most_value,
        weakest_evidence(list_append(n.evidence, w.evidence)) AS evidence,
        n.dissent_count + w.dissent_count AS dissent_count,
        coalesce(n.source_ids, []) AS source_ids,
        coalesce(w.source_ids, []) AS total_source_ids
    FROM calendar AS y
    LEFT JOIN contradiction AS c ON y.year = c.year
    LEFT JOIN top AS n ON y.year = n.year
    LEFT JOIN figure AS w ON y.year = w.year AND w.nationality IS NULL
)

SELECT
    year,
    if(reason IS NULL, nationality, NULL) AS nationality,
    if(reason IS NULL, value, NULL) AS value,
    total_value,
    if(reason IS NULL, 100 * cast(value AS DOUBLE) / cast(total_value AS DOUBLE), NULL)
        AS share_pct,
    if(reason IS NULL, 100 * cast(most_value AS DOUBLE) / cast(total_value AS DOUBLE), NULL)
        AS share_most_pct,
    nationality_count,
    if(reason IS NULL, evidence, 'no data') AS evidence,
    if(reason IS NULL, cast(dissent_count AS BIGINT), 0) AS dissent_count,
    reason,
    list_sort(list_distinct(list_concat(source_ids, total_source_ids))) AS source_ids
FROM judged
ORDER BY year
