-- How many promotion centres was a region said to have, and how many can the record name by then?
-- A named centre counts from the last day on which it can have opened, and is never taken away: no
-- source says that one closed. Centres whose opening no source reports are left out.
-- grain: one row per date of a printed total or of an opening
-- reads: fct_centre_total, dim_centre
-- param: $owner_region VARCHAR in dim_region.region. Region that owns the centres.
-- returns: date_on VARCHAR
-- returns: stated_count DECIMAL (centres)
-- returns: stated_country_count DECIMAL (countries)
-- returns: is_plan BOOLEAN
-- returns: named_count BIGINT (centres)
-- returns: named_country_count BIGINT (countries)
-- returns: seen_count BIGINT (centres seen open in that year or later)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
WITH
opening AS (
    SELECT
        centre_id,
        country,
        cast(left(status_as_of, 4) AS INTEGER) AS last_seen_year,
        source_ids,
        CASE length(opened_on)
            WHEN 4 THEN opened_on || '-12-31'
            WHEN 7 THEN cast(last_day(cast(opened_on || '-01' AS DATE)) AS VARCHAR)
            ELSE opened_on
        END AS latest_on
    FROM dim_centre
    WHERE owner_region = $owner_region AND status <> 'planned'
),

stated AS (
    SELECT
        if(is_plan, as_of || '-12-31', as_of) AS date_on,
        centre_count,
        country_count,
        is_plan,
        note,
        source_ids
    FROM fct_centre_total
    WHERE owner_region = $owner_region
),

known_date AS (
    SELECT date_on
    FROM stated
    UNION
    SELECT latest_on AS date_on
    FROM opening
),

named AS (
    SELECT
        d.date_on,
        count(o.centre_id) AS named_count,
        count(DISTINCT o.country) AS country_count,
        count(*) FILTER (WHERE o.last_seen_year >= cast(left(d.date_on, 4) AS INTEGER))
            AS seen_count,
        coalesce(flatten(list(o.source_ids)), []) AS source_ids
    FROM known_date AS d
    LEFT JOIN opening AS o ON d.date_on >= o.latest_on
    GROUP BY d.date_on
)

SELECT
    n.date_on,
    s.centre_count AS stated_count,
    s.country_count AS stated_country_count,
    coalesce(s.is_plan, FALSE) AS is_plan,
    n.named_count,
    n.country_count AS named_country_count,
    n.seen_count,
    s.note,
    list_sort(list_distinct(list_concat(n.source_ids, coalesce(s.source_ids, [])))) AS source_ids
FROM named AS n
LEFT JOIN stated AS s ON n.date_on = s.date_on
ORDER BY n.date_on, is_plan
