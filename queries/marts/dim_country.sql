-- Countries of which the record says anything: patients, events, outcomes, agreements, or promotion
-- centres. Korea itself is among them, since events are held there.
-- grain: one row per country
-- reads: fct_claim, dim_event, dim_centre, dim_centre_country, fct_agreement
WITH named AS (
    SELECT DISTINCT
        unnest(string_split(nationality, ';')) AS country,
        metric = 'foreign_patients' AS has_patients
    FROM fct_claim
    WHERE nationality IS NOT NULL
    UNION ALL BY NAME
    SELECT country
    FROM dim_event
    UNION ALL BY NAME
    SELECT country
    FROM dim_centre
    UNION ALL BY NAME
    SELECT country
    FROM dim_centre_country
    UNION ALL BY NAME
    SELECT unnest(countries) AS country
    FROM fct_agreement
)

SELECT
    country,
    coalesce(bool_or(has_patients), FALSE) AS has_patients
FROM named
WHERE country IS NOT NULL
GROUP BY country
