-- What held events report at the stages from attendance to contract. Settled values only, so that
-- nothing planned enters. A value without country is the total, otherwise the countries are its
-- parts. MOUs, contracts and joint ventures are cases; inquiries are no bookings, hence no step.
-- A figure per person or company is no part of a sum.
-- Visits of the ministry's judges are no events of a project.
-- grain: one row per event_id, stage and unit
-- reads: fct_claim, dim_event
WITH
outcome AS (
    SELECT
        *,
        bool_or(nationality IS NULL) OVER (PARTITION BY event_id, metric, unit) AS has_total
    FROM fct_claim
    WHERE is_settled AND period = 'event' AND event_id IS NOT NULL AND per IS NULL
),

cell_source AS (
    SELECT
        cell_id,
        list(DISTINCT source_id) AS source_ids
    FROM fct_claim
    WHERE agreement IN ('chosen', 'same')
    GROUP BY cell_id
),

staged AS (
    SELECT
        o.event_id,
        CASE
            WHEN o.metric IN ('event_mous', 'event_contracts', 'event_joint_ventures')
                THEN 'agreements'
            ELSE replace(o.metric, 'event_', '')
        END AS stage,
        if(o.unit IN ('agreements', 'contracts'), 'cases', o.unit) AS unit,
        o.value,
        o.is_approximate,
        o.dissent_count > 0 AS has_dissent,
        o.evidence,
        c.source_ids
    FROM outcome AS o
    INNER JOIN dim_event AS e
        ON o.event_id = e.event_id AND e.is_held
    INNER JOIN cell_source AS c ON o.cell_id = c.cell_id
    WHERE
        o.metric IN (
            'event_attendees', 'event_consultations', 'event_patients_consulted',
            'event_inquiries', 'event_reservations', 'event_mous', 'event_contracts',
            'event_joint_ventures'
        )
        AND (o.nationality IS NULL) = o.has_total
)

SELECT
    event_id,
    stage,
    list_position(
        [
            'attendees', 'consultations', 'patients_consulted', 'inquiries', 'reservations',
            'agreements'
        ],
        stage
    ) AS stage_order,
    stage <> 'inquiries' AS is_step,
    unit,
    sum(value) AS value,
    bool_or(is_approximate) AS is_approximate,
    bool_or(has_dissent) AS has_dissent,
    weakest_evidence(list(evidence)) AS evidence,
    list_sort(list_distinct(flatten(list(source_ids)))) AS source_ids
FROM staged
GROUP BY event_id, stage, unit
