-- How much somebody has to do with one author is read from the key's index alone.

-- +goose Up

-- Before, plans of prepared statements looked for one author through all of somebody's by weight.
create unique index affinity_one on affinity (user_id, author_id) include (weight);
alter table affinity drop constraint affinity_pkey, add constraint affinity_pkey primary key using index affinity_one;
