-- Users who show this file, as a picture or as a document.
-- name: FileUsers :many
select work_image.user_id from work_image where work_image.media_id = @media_id
union select product.user_id from product where product.media_id = @media_id
union select specialist.user_id from specialist
    where array[specialist.title_id, specialist.student_card_id, specialist.graduation_letter_id] @> array[@media_id::bigint];
