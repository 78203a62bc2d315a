-- Who claims what about a figure, which claim was settled on, and who disagrees?
-- For a sum over events or programmes: the claims about each item that was added up.
-- grain: one row per claim
-- reads: fct_claim, fct_tally_item, dim_source, dim_event
-- param: $metric VARCHAR in dim_metric.metric. Code of the metric.
-- param: $region VARCHAR in dim_place.region. ISO 3166-2:KR code, KR for the country; several joined by `;` for a group that cannot be split.
-- param: $year INTEGER. Calendar year.
-- param: $period VARCHAR in fct_claim.period = 'annual'. Part of the year.
-- param: $nationality VARCHAR in fct_claim.nationality = null. ISO 3166-1 alpha-2; null: all together.
-- param: $department VARCHAR in fct_claim.department = null. null: all together.
-- param: $institution_class VARCHAR in fct_claim.institution_class = null. null: all together.
-- returns: claim_id VARCHAR
-- returns: cell_id VARCHAR
-- returns: item VARCHAR
-- returns: item_title VARCHAR
-- returns: item_metric VARCHAR
-- returns: nationality VARCHAR
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: source_id VARCHAR
-- returns: publisher VARCHAR
-- returns: title VARCHAR
-- returns: published_on VARCHAR
-- returns: tier VARCHAR
-- returns: status VARCHAR
-- returns: suspect BOOLEAN
-- returns: approximate BOOLEAN
-- returns: is_settled BOOLEAN
-- returns: agreement VARCHAR
-- returns: lost_at VARCHAR
-- returns: printed_by BIGINT (publishers)
-- returns: note VARCHAR
-- returns: url VARCHAR
-- returns: batch_id VARCHAR
WITH cell AS (
    SELECT DISTINCT cell_id
    FROM fct_claim
    WHERE
        metric = $metric
        AND region = $region
        AND year = $year
        AND period = $period
        AND nationality IS NOT DISTINCT FROM $nationality
        AND department IS NOT DISTINCT FROM $department
        AND institution_class IS NOT DISTINCT FROM $institution_class
        AND event_id IS NULL
        AND programme_id IS NULL
    UNION
    SELECT DISTINCT cell_id
    FROM fct_tally_item
    WHERE
        metric = $metric
        AND region = $region
        AND year = $year
        AND $period = 'annual'
        AND coalesce($nationality, $department, $institution_class) IS NULL
        AND cell_id IS NOT NULL
)

SELECT
    c.claim_id,
    c.cell_id,
    coalesce(c.event_id, c.programme_id) AS item,
    e.title_en AS item_title,
    c.metric AS item_metric,
    c.nationality,
    c.value,
    c.unit,
    c.source_id,
    c.publisher,
    s.title,
    c.published_on,
    c.tier,
    c.status,
    c.is_suspect AS suspect,
    c.is_approximate AS approximate,
    c.is_settled,
    c.agreement,
    c.lost_at,
    c.value_publisher_count AS printed_by,
    c.note,
    s.url,
    c.batch_id
FROM fct_claim AS c
INNER JOIN dim_source AS s ON c.source_id = s.source_id
LEFT JOIN dim_event AS e ON c.event_id = e.event_id
WHERE c.cell_id IN (FROM cell)
ORDER BY
    item NULLS FIRST,
    item_metric,
    c.nationality NULLS FIRST,
    c.is_settled DESC,
    list_position(
        ['chosen', 'same', 'rounded support', 'dissent', 'not compared', 'left out'], c.agreement
    ),
    s.tier_order,
    c.published_on DESC NULLS LAST,
    c.claim_id
