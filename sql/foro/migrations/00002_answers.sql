-- Questions: which have an answer, which wait for one, and who could give it.

-- +goose Up

-- Which answers specialists have validated.
create index comment_validated on comment (post_id) where validations > 0 and state = 'visible';
-- What comments are not counted of (internal/store/comments.go).
create index post_not_visible on post (id) where state <> 'visible';

-- A question is answered by a visible comment that the asker accepted or a specialist validated. Whatever hides,
-- deletes or validates comments, the post follows at once.
-- +goose StatementBegin
create function question_settle(ids bigint[]) returns void language sql as $$
    update post p set answered = now.answered
        from (select q.id, exists (select from comment c where c.id = q.accepted_id and c.state = 'visible')
                or exists (select from comment c where c.post_id = q.id and c.validations > 0 and c.state = 'visible') as answered
            from post q where q.id = any(ids)) now
        where p.id = now.id and p.answered <> now.answered;
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function comment_settle() returns trigger language plpgsql as $$
begin
    if new.state = 'deleted' then
        update post set accepted_id = null where id = new.post_id and accepted_id = new.id;
    end if;
    perform question_settle(array[new.post_id]);
    return null;
end $$;
-- +goose StatementEnd
create trigger comment_settle after update of state, validations on comment for each row
    when (old.state <> new.state or old.validations <> new.validations) execute function comment_settle();

-- +goose StatementBegin
create function comment_unsettle() returns trigger language plpgsql as $$
begin
    update post p set accepted_id = null from removed r where p.id = r.post_id and p.accepted_id = r.id;
    perform question_settle((select array_agg(distinct r.post_id) from removed r join post p on p.id = r.post_id where p.answered));
    return null;
end $$;
-- +goose StatementEnd
create trigger comment_unsettle after delete on comment referencing old table as removed for each statement execute function comment_unsettle();

-- Questions without an answer that all may see, one row for each species that they are about, '' for none, with what
-- they are looked for by. Kept by triggers, so it follows whatever changes a post.
create table open_question (
    species   text   not null,
    post_id   bigint not null references post on delete cascade,
    author_id bigint not null,
    latitude  double precision,
    longitude double precision,
    primary key (species, post_id)
);
create index open_question_post on open_question (post_id);

-- +goose StatementBegin
create function open_question() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from open_question where post_id = new.id;
    end if;
    if new.question and not new.answered and new.state = 'visible' then
        insert into open_question select distinct s, new.id, new.author_id, new.latitude, new.longitude from unnest(case new.species when '{}' then '{""}' else new.species end) s;
    end if;
    return null;
end $$;
-- +goose StatementEnd
create trigger open_question_new after insert on post for each row when (new.question) execute function open_question();
create trigger open_question_changed after update of author_id, question, answered, state, species, latitude, longitude on post for each row
    when ((old.author_id, old.question, old.answered, old.state, old.species, old.latitude, old.longitude)
        is distinct from (new.author_id, new.question, new.answered, new.state, new.species, new.latitude, new.longitude))
    execute function open_question();

-- What was there before.
select question_settle(array(select id from post));
insert into open_question select distinct s, p.id, p.author_id, p.latitude, p.longitude
    from post p, unnest(case p.species when '{}' then '{""}' else p.species end) s where p.question and not p.answered and p.state = 'visible';

-- Specialists are told once of a question that has waited.
alter table post add column waited boolean not null default false;
create index post_waiting on post (id) where state = 'visible' and question and not answered and not waited;

-- Verified specialists by what they know, and by where they are, on the plane of degrees.
create index person_knows on person using gin (species) where verified and not gone;
create index person_near on person using gist (point(longitude, latitude)) where verified and not gone and latitude is not null;
