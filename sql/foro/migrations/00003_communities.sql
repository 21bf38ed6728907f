-- Who is kept out of communities, and how communities are found and counted.

-- +goose Up

-- The name and the slug of a community are free again as soon as it is deleted.
alter table community drop constraint community_slug_key;
create unique index community_slug on community (lower(slug)) where not gone;
drop index community_name;
create unique index community_name on community (lower(name)) where not gone;
create index community_standard on community (id) where standard;

-- Who has been in a community for longest; the owner and the moderators apart, as they are few.
create index member_longest on member (community_id, joined_at, user_id);
create index member_special on member (community_id, joined_at, user_id) where role <> 'member';

-- Somebody was put out of a community, and may not come back.
create table ban (
    community_id bigint      not null references community on delete cascade,
    user_id      bigint      not null,
    by_id        bigint      not null, -- who put them out; 0: their account is gone
    at           timestamptz not null default clock_timestamp(),
    primary key (community_id, user_id)
);
create index ban_newest on ban (community_id, at desc, user_id desc);
create index ban_user on ban (user_id);
create index ban_by on ban (by_id) where by_id <> 0;

-- What a community is found by: the beginnings of the words of its name and short description, folded.
create table community_words (
    community_id bigint primary key references community on delete cascade,
    beginnings   text[] not null
);
create index community_words_beginnings on community_words using gin (beginnings);

-- Those of communities that were there before, of letters that Spanish has; the next change of one makes them anew.
insert into community_words select c.id, array(select distinct left(word, n)
        from regexp_split_to_table(lower(translate(c.name || ' ' || c.short_description, 'áéíóúüÁÉÍÓÚÜÑ', 'aeiouuaeiouuñ')), '[^a-z0-9ñ]+') word,
            generate_series(1, least(length(word), 16)) n)
    from community c where not gone;

-- How many communities there are, so that a page does not count them.
create table community_total (n bigint not null);
insert into community_total select count(*) from community where not gone;

-- +goose StatementBegin
create function community_count() returns trigger language plpgsql as $$
declare d bigint;
begin
    case tg_op
        when 'INSERT' then select count(*) into d from changed where not gone;
        when 'DELETE' then select -count(*) into d from changed where not gone;
        else d := old.gone::int - new.gone::int;
    end case;
    update community_total set n = n + d where d <> 0;
    return null;
end $$;
-- +goose StatementEnd
create trigger community_added after insert on community referencing new table as changed for each statement execute function community_count();
create trigger community_removed after delete on community referencing old table as changed for each statement execute function community_count();
create trigger community_gone after update of gone on community for each row when (old.gone <> new.gone) execute function community_count();
