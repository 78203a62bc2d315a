-- Which countries may be the nine with a centre of Daegu at the end of 2018, and how sure is each?
-- Nobody printed the list. The centres behind a country are those that may be among the 20.
-- grain: one row per country
-- reads: dim_centre_country, dim_centre
-- returns: country VARCHAR
-- returns: confidence VARCHAR
-- returns: cities VARCHAR[]
-- returns: certain_count BIGINT (centres)
-- returns: likely_count BIGINT (centres)
-- returns: possible_count BIGINT (centres)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
WITH candidate AS (
    SELECT
        country,
        list_sort(list(DISTINCT city_en) FILTER (WHERE city_en IS NOT NULL)) AS cities,
        count(*) FILTER (WHERE counted_2018 = 'certain') AS certain_count,
        count(*) FILTER (WHERE counted_2018 = 'likely') AS likely_count,
        count(*) FILTER (WHERE counted_2018 = 'possible') AS possible_count,
        flatten(list(source_ids)) AS source_ids
    FROM dim_centre
    WHERE counted_2018 <> 'no'
    GROUP BY country
)

SELECT
    n.country,
    n.confidence,
    coalesce(c.cities, []) AS cities,
    coalesce(c.certain_count, 0) AS certain_count,
    coalesce(c.likely_count, 0) AS likely_count,
    coalesce(c.possible_count, 0) AS possible_count,
    n.evidence AS note,
    list_sort(list_distinct(list_concat(n.source_ids, coalesce(c.source_ids, [])))) AS source_ids
FROM dim_centre_country AS n
LEFT JOIN candidate AS c ON n.country = c.country
ORDER BY
    list_position(['certain', 'likely', 'possible'], n.confidence),
    certain_count + likely_count + possible_count DESC,
    n.country
