-- Specialists among these users.
-- name: SpecialistsOf :many
select sqlc.embed(specialist),
    array(select media_id from work_image w where w.user_id = specialist.user_id order by position)::bigint[] as work_image_ids
from specialist join owner using (user_id)
where owner.kind = 'specialist' and specialist.user_id = any(@user_ids::bigint[]);

-- The user's row, whatever kind of profile the user shows.
-- name: SpecialistStored :many
select sqlc.embed(specialist),
    array(select media_id from work_image w where w.user_id = specialist.user_id order by position)::bigint[] as work_image_ids
from specialist where specialist.user_id = @user_id;

-- Specialists in the order of their ids, from the one behind after_id.
-- name: SpecialistsPage :many
select sqlc.embed(specialist),
    array(select media_id from work_image w where w.user_id = specialist.user_id order by position)::bigint[] as work_image_ids
from specialist join owner using (user_id)
where owner.kind = 'specialist' and specialist.id > @after_id
order by specialist.id limit @max_rows offset @skip_rows;

-- How many specialists there are, counted up to max_rows.
-- name: SpecialistsCount :one
select count(*) from (
    select from specialist join owner using (user_id) where owner.kind = 'specialist' limit @max_rows
) bounded;

-- Those of the next specialists that the filter lets through. That finds enough where many match, and
-- costs the same for all filters.
-- name: SpecialistsFoundNext :many
select sqlc.embed(specialist),
    array(select media_id from work_image w where w.user_id = specialist.user_id order by position)::bigint[] as work_image_ids
from specialist join owner using (user_id)
where owner.kind = 'specialist'
    and specialist.id > @after_id and specialist.id <= (
        select coalesce(max(following.id), 0) from (
            select one.id from specialist one where one.id > @after_id order by one.id limit @window_rows
        ) following
    )
    and (@profession::text = '' or specialist.profession = @profession)
    and specialist.species @> @species::text[] and specialist.services @> @services::text[]
    and (not @verified::boolean or specialist.verified_type <> '' and (specialist.verified_until is null or specialist.verified_until >= @today))
    and not exists (select from unnest(@words::text[]) word where strpos(specialist.searchable, word) = 0)
order by specialist.id limit @max_rows offset @skip_rows;

-- All specialists that the filter lets through, by the index, before they are put in order: the array
-- is made first, so that no plan walks through all of them to find the few.
-- name: SpecialistsFound :many
select sqlc.embed(specialist),
    array(select media_id from work_image w where w.user_id = specialist.user_id order by position)::bigint[] as work_image_ids
from specialist join owner using (user_id)
where owner.kind = 'specialist' and specialist.id > @after_id and specialist.id = any(array(
    select found.id from specialist found
    where pieces(found.searchable) || traits(found.profession, found.species, found.services, found.verified_type) @> @wanted::text[]
        and (not @verified::boolean or found.verified_until is null or found.verified_until >= @today)
        and not exists (select from unnest(@words::text[]) word where strpos(found.searchable, word) = 0)
))
order by specialist.id limit @max_rows offset @skip_rows;

-- name: SpecialistsFoundCount :one
select count(*) from (
    select from specialist join owner using (user_id)
    where owner.kind = 'specialist'
        and pieces(specialist.searchable) || traits(specialist.profession, specialist.species, specialist.services, specialist.verified_type) @> @wanted::text[]
        and (not @verified::boolean or specialist.verified_until is null or specialist.verified_until >= @today)
        and not exists (select from unnest(@words::text[]) word where strpos(specialist.searchable, word) = 0)
    limit @max_rows
) bounded;

-- Specialists around a point, nearest first, from the one behind (after_km, after_id). The cells hold
-- everybody within the radius, and some more.
-- name: SpecialistsNear :many
select sqlc.embed(specialist), around.km::double precision as km,
    array(select media_id from work_image w where w.user_id = specialist.user_id order by position)::bigint[] as work_image_ids
from specialist join owner using (user_id),
    lateral (select distance_km(@latitude, @longitude, specialist.rough_latitude, specialist.rough_longitude) as km) around
where owner.kind = 'specialist' and specialist.cell = any(@cells::integer[])
    and around.km <= @radius_km::double precision
    and (around.km, specialist.id) > (@after_km::double precision, @after_id::bigint)
    and (@profession::text = '' or specialist.profession = @profession)
    and specialist.species @> @species::text[] and specialist.services @> @services::text[]
    and (not @verified::boolean or specialist.verified_type <> '' and (specialist.verified_until is null or specialist.verified_until >= @today))
    and not exists (select from unnest(@words::text[]) word where strpos(specialist.searchable, word) = 0)
order by around.km, specialist.id limit @max_rows offset @skip_rows;

-- name: SpecialistsNearCount :one
select count(*) from (
    select from specialist join owner using (user_id)
    where owner.kind = 'specialist' and specialist.cell = any(@cells::integer[])
        and distance_km(@latitude, @longitude, specialist.rough_latitude, specialist.rough_longitude) <= @radius_km::double precision
        and (@profession::text = '' or specialist.profession = @profession)
        and specialist.species @> @species::text[] and specialist.services @> @services::text[]
        and (not @verified::boolean or specialist.verified_type <> '' and (specialist.verified_until is null or specialist.verified_until >= @today))
        and not exists (select from unnest(@words::text[]) word where strpos(specialist.searchable, word) = 0)
    limit @max_rows
) bounded;

-- name: SpecialistInsert :one
insert into specialist (user_id, claimed, profession, experience_years, about_us, can_give_consultations,
    can_offer_online_services, title_id, student_card_id, graduation_letter_id, species, services, latitude, longitude,
    location_name, show_place, rough_latitude, rough_longitude, cell, searchable)
values (@user_id, @claimed, @profession, @experience_years, @about_us, @can_give_consultations,
    @can_offer_online_services, @title_id, @student_card_id, @graduation_letter_id, @species, @services, @latitude, @longitude,
    @location_name, @show_place, @rough_latitude, @rough_longitude, @cell, @searchable)
returning id;

-- Everything but the verification.
-- name: SpecialistUpdate :exec
update specialist set claimed = @claimed, profession = @profession, experience_years = @experience_years,
    about_us = @about_us, can_give_consultations = @can_give_consultations,
    can_offer_online_services = @can_offer_online_services, title_id = @title_id,
    student_card_id = @student_card_id, graduation_letter_id = @graduation_letter_id,
    species = @species, services = @services, latitude = @latitude, longitude = @longitude,
    location_name = @location_name, show_place = @show_place, rough_latitude = @rough_latitude,
    rough_longitude = @rough_longitude, cell = @cell, searchable = @searchable
where user_id = @user_id;

-- name: SpecialistSetVerification :exec
update specialist set verification_state = @state, verified_type = @type, verified_until = sqlc.narg(until) where user_id = @user_id;

-- name: SpecialistDelete :exec
delete from specialist where user_id = @user_id;

-- name: WorkImagesDelete :exec
delete from work_image where user_id = @user_id;

-- Images in the order of the array.
-- name: WorkImagesInsert :exec
insert into work_image (user_id, position, media_id)
select @user_id, n, media_id from unnest(@media_ids::bigint[]) with ordinality as given(media_id, n);
