-- What the record can say of a promotion centre at the end of each year, up to the last year of events.
-- 'open' ends with the year in which a source last saw it open: later years are 'not confirmed', for no
-- source says that a centre closed. 'planned' runs from the announcement to the opening; where no
-- source reports the opening, it is 'overdue' from the end of the year it was planned for. A centre is
-- named, and counted as such, once a source reports its opening. A centre that was there 'before' a date is shown from that date on.
-- grain: one row per centre_id and year, from the year of its announcement or opening
-- reads: dim_centre, stg_centre_plan, stg_event
WITH
span AS (
    SELECT
        least(min(c.opened_year), min(e.year)) AS first_year,
        greatest(
            max(c.opened_year), max(cast(left(c.status_as_of, 4) AS INTEGER)), max(e.year)
        ) AS last_year
    FROM dim_centre AS c
    LEFT JOIN stg_event AS e ON c.owner_region = e.owner_region
),

calendar AS (
    SELECT cast(unnest(range(first_year, last_year + 1)) AS INTEGER) AS year
    FROM span
),

centre AS (
    SELECT
        c.centre_id,
        c.status,
        c.opened_year,
        cast(left(c.status_as_of, 4) AS INTEGER) AS last_seen_year,
        p.planned_on,
        least(p.planned_year, c.opened_year) AS first_year,
        list_sort(list_distinct(list_concat(c.source_ids, coalesce(p.source_ids, []))))
            AS source_ids
    FROM dim_centre AS c
    LEFT JOIN stg_centre_plan AS p ON c.centre_id = p.centre_id
)

SELECT
    c.centre_id,
    y.year,
    CASE
        WHEN y.year < c.opened_year THEN 'planned'
        WHEN c.status = 'planned' THEN 'overdue'
        WHEN c.status = 'unknown' THEN 'unknown'
        WHEN y.year <= c.last_seen_year THEN 'open'
        ELSE 'not confirmed'
    END AS centre_state,
    centre_state NOT IN ('planned', 'overdue') AS is_named,
    c.last_seen_year,
    c.planned_on,
    c.source_ids
FROM centre AS c
INNER JOIN calendar AS y ON c.first_year <= y.year
