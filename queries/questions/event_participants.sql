-- Who took part in events, and as what?
-- Those on a route stand in its order; a participant that has no order comes after the others.
-- grain: one row per event_id, participant, participant_role and day
-- reads: fct_event_participant, dim_event
-- param: $event_id VARCHAR in dim_event.event_id = null. One event; null: all events.
-- param: $institution_id VARCHAR in dim_institution.institution_id = null. One institution, in whichever events it was; null: all.
-- param: $region VARCHAR in dim_region.region = null. Region that held or sent the event; null: all regions.
-- returns: event_id VARCHAR
-- returns: participant_role VARCHAR
-- returns: participant VARCHAR
-- returns: participant_ko VARCHAR
-- returns: institution_id VARCHAR
-- returns: institution_kind VARCHAR
-- returns: city VARCHAR
-- returns: country VARCHAR
-- returns: day BIGINT
-- returns: seq BIGINT
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    p.event_id,
    p.participant_role,
    p.participant,
    p.participant_ko,
    p.institution_id,
    p.institution_kind,
    p.city,
    p.country,
    p.day,
    p.seq,
    p.note,
    p.source_ids
FROM fct_event_participant AS p
INNER JOIN dim_event AS e ON p.event_id = e.event_id
WHERE
    ($event_id IS NULL OR p.event_id = $event_id)
    AND ($institution_id IS NULL OR p.institution_id = $institution_id)
    AND ($region IS NULL OR e.owner_region = $region)
ORDER BY
    p.event_id,
    list_position(
        [
            'host', 'partner', 'venue', 'judge', 'moderator', 'speaker', 'panelist', 'exhibitor',
            'buyer', 'counterpart', 'trainee', 'visitor', 'visited', 'attendee'
        ],
        p.participant_role
    ),
    p.day NULLS LAST,
    p.seq NULLS LAST,
    p.participant
