-- What was given, discussed, proposed and visited at events, and what was said about them?
-- A route stands in the order of its days and stops.
-- grain: one row per thing of an event's programme
-- reads: fct_event_programme, dim_event
-- param: $event_id VARCHAR in dim_event.event_id = null. One event; null: all events.
-- param: $region VARCHAR in dim_region.region = null. Region that held or sent the event; null: all regions.
-- returns: event_id VARCHAR
-- returns: programme_kind VARCHAR
-- returns: day BIGINT
-- returns: seq BIGINT
-- returns: text VARCHAR
-- returns: text_ko VARCHAR
-- returns: given_by VARCHAR
-- returns: given_by_ko VARCHAR
-- returns: institution_id VARCHAR
-- returns: institution VARCHAR
-- returns: institution_ko VARCHAR
-- returns: is_route BOOLEAN
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    p.event_id,
    p.programme_kind,
    p.day,
    p.seq,
    p.text,
    p.text_ko,
    p.given_by,
    p.given_by_ko,
    p.institution_id,
    p.institution,
    p.institution_ko,
    p.is_route,
    p.note,
    p.source_ids
FROM fct_event_programme AS p
INNER JOIN dim_event AS e ON p.event_id = e.event_id
WHERE
    ($event_id IS NULL OR p.event_id = $event_id)
    AND ($region IS NULL OR e.owner_region = $region)
ORDER BY
    p.event_id,
    list_position(
        [
            'aim', 'background', 'session', 'stop', 'lecture', 'topic', 'proposal', 'distinction',
            'assessment', 'achievement', 'merit', 'plan'
        ],
        if(p.is_route, 'stop', p.programme_kind)
    ),
    p.day NULLS FIRST,
    p.seq NULLS LAST,
    p.text
