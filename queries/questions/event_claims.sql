-- Who claims what about the outcomes of an event, and which claim was settled on?
-- grain: one row per claim
-- reads: fct_claim, dim_source
-- param: $event_id VARCHAR in dim_event.event_id. The event.
-- returns: claim_id VARCHAR
-- returns: measure VARCHAR
-- returns: country VARCHAR
-- returns: planned BOOLEAN
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: per VARCHAR
-- returns: approximate BOOLEAN
-- returns: agreement VARCHAR
-- returns: status VARCHAR
-- returns: source_id VARCHAR
-- returns: publisher VARCHAR
-- returns: title VARCHAR
-- returns: published_on VARCHAR
-- returns: tier VARCHAR
-- returns: note VARCHAR
-- returns: url VARCHAR
-- returns: cell_id VARCHAR
-- returns: is_settled BOOLEAN
-- returns: lost_at VARCHAR
-- returns: printed_by BIGINT (publishers)
SELECT
    c.claim_id,
    replace(c.metric, 'event_', '') AS measure,
    c.nationality AS country,
    c.period = 'planned' AS planned,
    c.value,
    c.unit,
    c.per,
    c.is_approximate AS approximate,
    c.agreement,
    c.status,
    c.source_id,
    c.publisher,
    s.title,
    c.published_on,
    c.tier,
    c.note,
    s.url,
    c.cell_id,
    c.is_settled,
    c.lost_at,
    c.value_publisher_count AS printed_by
FROM fct_claim AS c
INNER JOIN dim_source AS s ON c.source_id = s.source_id
WHERE c.event_id = $event_id
ORDER BY
    planned,
    list_position(
        [
            'attendees', 'consultations', 'patients_consulted', 'inquiries', 'reservations',
            'mous', 'contracts', 'joint_ventures', 'patients', 'buyers', 'exhibitors'
        ],
        measure
    ) NULLS LAST,
    measure,
    c.unit,
    country NULLS FIRST,
    list_position(
        ['chosen', 'same', 'rounded support', 'dissent', 'not compared', 'left out'], c.agreement
    ),
    s.tier_order,
    c.published_on DESC NULLS LAST,
    c.claim_id
