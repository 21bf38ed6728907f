-- Specialists among these users.
-- name: SpecialistsOf :many
select sqlc.embed(specialist),
    array(select media_id from work_image w where w.user_id = specialist.user_id order by position)::bigint[] as work_image_ids
from specialist join owner using (user_id)
where owner.kind = 'specialist' and specialist.user_id = any(@user_ids::bigint[]);

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

-- name: SpecialistInsert :one
insert into specialist (user_id, claimed, profession, experience_years, about_us, can_give_consultations,
    can_offer_online_services, title_id, student_card_id, graduation_letter_id)
values (@user_id, @claimed, @profession, @experience_years, @about_us, @can_give_consultations,
    @can_offer_online_services, @title_id, @student_card_id, @graduation_letter_id)
returning id;

-- name: SpecialistUpdate :exec
update specialist set claimed = @claimed, profession = @profession, experience_years = @experience_years,
    about_us = @about_us, can_give_consultations = @can_give_consultations,
    can_offer_online_services = @can_offer_online_services, title_id = @title_id,
    student_card_id = @student_card_id, graduation_letter_id = @graduation_letter_id
where user_id = @user_id;

-- name: SpecialistDelete :exec
delete from specialist where user_id = @user_id;

-- name: WorkImagesDelete :exec
delete from work_image where user_id = @user_id;

-- Images in the order of the array.
-- name: WorkImagesInsert :exec
insert into work_image (user_id, position, media_id)
select @user_id, n, media_id from unnest(@media_ids::bigint[]) with ordinality as given(media_id, n);
