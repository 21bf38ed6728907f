-- A video is on its way.
with begun as (insert into upload (owner_id, size, received, name, mime, folder, description, expires_at)
    values (2, 3000000, 1048576, 'cosecha.mp4', 'video/mp4', 'adds', 'La cosecha', '2099-01-01') returning id)
insert into upload_part (upload_id, start, size, key) select id, 0, 1048576, 'uploads/' || id || '/0' from begun;
