-- Where is the matched money of a region published, and how much stands beside the national grant?
-- Only results whose matched money is known; the ratio only where the grant is known as well.
-- grain: one row per programme_id, year, region and area with matched money
-- reads: fct_grant
-- param: $region VARCHAR in dim_region.region = null. Joint awards of several regions are included; null: all regions.
-- param: $ministry VARCHAR in dim_programme.ministry = null. null: all ministries.
-- param: $programme VARCHAR in dim_programme.programme_id = null. null: all programmes.
-- param: $year INTEGER = null. Year for which it was announced; null: all years.
-- returns: year INTEGER
-- returns: region VARCHAR
-- returns: programme_id VARCHAR
-- returns: is_joint BOOLEAN
-- returns: grant_krw DECIMAL (KRW)
-- returns: evidence VARCHAR
-- returns: dissent_count BIGINT (claims)
-- returns: matched_krw DECIMAL (KRW)
-- returns: matched_evidence VARCHAR
-- returns: is_matched_approximate BOOLEAN
-- returns: matched_dissent_count BIGINT (claims)
-- returns: matched_to_grant_pct DOUBLE (per cent)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    year,
    region,
    programme_id,
    is_joint,
    grant_krw,
    coalesce(grant_evidence, 'no data') AS evidence,
    grant_dissent_count AS dissent_count,
    matched_krw,
    matched_evidence,
    is_matched_approximate,
    matched_dissent_count,
    100 * cast(matched_krw AS DOUBLE) / nullif(cast(grant_krw AS DOUBLE), 0)
        AS matched_to_grant_pct,
    note,
    source_ids
FROM fct_grant
WHERE
    matched_krw IS NOT NULL
    AND ($region IS NULL OR list_contains(regions, $region))
    AND ($ministry IS NULL OR ministry = $ministry)
    AND ($programme IS NULL OR programme_id = $programme)
    AND ($year IS NULL OR year = $year)
ORDER BY year, region, programme_id
