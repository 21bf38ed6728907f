-- People are told what they become in communities.

-- +goose Up

alter table notification add column community_id bigint references community on delete cascade; -- what it is about; null: no community
create index notification_community on notification (community_id) where community_id is not null;

-- What is unread about one community is not joined by what happens in another.
drop index notification_open;
create unique index notification_open on notification (recipient_id, type, (coalesce(post_id, 0)), (coalesce(comment_id, 0)), (coalesce(community_id, 0))) where not read;
