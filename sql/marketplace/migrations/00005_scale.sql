-- What a million adverts need.

-- +goose Up

-- A word's pieces once more, as bits: how many two words share is counted for thousands of words in a
-- moment (internal/store/words.go). Of the few words that there may be, the pieces count.
alter table word add column marks bigint not null default -1;

-- What is near of one category: each has a plane of degrees of its own, a thousand degrees from the next
-- (internal/store/near.go).
create index add_root_near on add using gist (point(rough_longitude + 1000 * root_id, rough_latitude))
    where status = 'active' and rough_latitude is not null and root_id is not null;
create index add_category_near on add using gist (point(rough_longitude + 1000 * category_id, rough_latitude))
    where status = 'active' and rough_latitude is not null and category_id is not null;

-- Counts read indexes alone, which they can where pages were vacuumed since they changed; and the newest
-- adverts are what is read most.
alter table add set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.05);
alter table listing set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- The distance of two points on Earth in km, as in internal/platform/geo: the haversine formula by the
-- ellipsoid's radii of curvature, since along a meridian near the equator the sphere is off by 0.56 %.
-- 0.9888... is ((a / R) (1 - e²))², 1.0022... is (a / R)², of WGS 84 and the mean radius.
-- +goose StatementBegin
create or replace function distance_km(lat1 double precision, lon1 double precision, lat2 double precision, lon2 double precision)
    returns double precision language sql immutable parallel safe as $$
    select 2 * 6371.0088 * asin(sqrt(least(1,
        0.98886512912693 / (1 - 0.00669437999014 * sin(radians(lat1 + lat2) / 2) ^ 2) ^ 3 * sin(radians(lat2 - lat1) / 2) ^ 2
        + 1.00223895082094 / (1 - 0.00669437999014 * sin(radians(lat1 + lat2) / 2) ^ 2)
            * cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ^ 2)))
$$;
-- +goose StatementEnd
