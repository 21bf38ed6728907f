-- A user's picture is an object of media, which is also known by its id, so that it goes when the
-- object does.

-- +goose Up

alter table users add column picture_id bigint not null default 0; -- media's; 0: none, or not an object of media
create index users_picture on users (picture_id) where picture_id <> 0;
