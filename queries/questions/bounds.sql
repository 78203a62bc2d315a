-- Between what must the foreign patients of a region and its rank among all regions lie?
-- They follow from all totals, shares, growth rates, groups, upper limits and ranks that are
-- printed, whatever the figures are that nobody prints. A region without a figure of its own is derived: its range is
-- no figure. Beside it stands what proves it: the regions with an exact figure and their sum, what
-- the others have at most together, how many regions are above for certain or could be, and the
-- greatest that could be next. Range and rank are narrow where both ends say something: of a region
-- that could have none at all it is only known that it has no more. The ministry counts a patient
-- once per institution and each institution stands in one region, so that regions add up to the
-- country.
-- grain: one row per region and year
-- reads: fct_bound, fct_figure
-- param: $region VARCHAR in fct_bound.region = null. ISO 3166-2:KR code; null: all regions.
-- param: $year INTEGER = null. Calendar year; null: all years.
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: low BIGINT (persons)
-- returns: high BIGINT (persons)
-- returns: value DECIMAL (persons)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: rank_best BIGINT
-- returns: rank_worst BIGINT
-- returns: rank_certain BIGINT
-- returns: region_count BIGINT (regions)
-- returns: is_range_narrow BOOLEAN
-- returns: is_rank_narrow BOOLEAN
-- returns: is_known BOOLEAN
-- returns: known_region_count BIGINT (regions)
-- returns: known_sum BIGINT (persons)
-- returns: other_region_count BIGINT (regions)
-- returns: remainder BIGINT (persons)
-- returns: above_count BIGINT (regions)
-- returns: undecided_count BIGINT (regions)
-- returns: next_region VARCHAR
-- returns: next_high BIGINT (persons)
-- returns: source_ids VARCHAR[]
SELECT
    b.region,
    b.year,
    b.low,
    b.high,
    f.value,
    b.evidence,
    b.is_approximate,
    b.dissent_count,
    b.rank_best,
    b.rank_worst,
    if(b.is_rank_certain, b.rank_best, NULL) AS rank_certain,
    b.region_count,
    b.low > 0 AND b.high IS NOT NULL AS is_range_narrow,
    b.low > 0 AND (b.rank_best > 1 OR b.rank_worst < b.region_count) AS is_rank_narrow,
    b.is_known,
    b.known_region_count,
    b.known_sum,
    b.other_region_count,
    b.remainder,
    b.above_count,
    b.undecided_count,
    b.next_region,
    b.next_high,
    b.source_ids
FROM fct_bound AS b
LEFT JOIN fct_figure AS f
    ON
        b.metric = f.metric
        AND b.region = f.region
        AND b.year = f.year
        AND is_annual_total(f.period, f.nationality, f.department, f.institution_class)
WHERE
    b.region = coalesce($region, b.region)
    AND b.year = coalesce($year, b.year)
ORDER BY b.year, b.rank_best, b.rank_worst, b.region
