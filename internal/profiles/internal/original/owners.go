package original

// owners says which kind of profile known users show. Whoever has one already keeps it.
const owners = `with fresh as (
		insert into owner (user_id, kind)
		select distinct on (u.kept) u.kept, (array['specialist', 'businessman', 'consumer'])[coalesce(r.kept, case
			when exists (select from original_choice c where c.user_id = u.kept and c.kind = 'specialist') then 1
			when exists (select from original_choice c where c.user_id = u.kept and c.kind = 'businessman') then 2
			else 3 end)]
		from known_user u left join known_role r on r.id = u.id order by u.kept, r.kept nulls last
		on conflict do nothing returning user_id)
	insert into original_owner select user_id from fresh on conflict do nothing`

// missing makes profiles of those who have been given a kind, and have none of it.
func missing() string {
	return `with due as (delete from original_owner returning user_id),
		bare as (select d.user_id, w.kind from due d join owner w using (user_id)),
		specialists as (insert into specialist (id, user_id) select ` + specialist.newID("user_id") + `, user_id from bare
			where kind = 'specialist' and not exists (select from specialist t where t.user_id = bare.user_id)),
		businessmen as (insert into businessman (id, user_id) select ` + businessman.newID("user_id") + `, user_id from bare
			where kind = 'businessman' and not exists (select from businessman t where t.user_id = bare.user_id))
		insert into consumer (id, user_id) select ` + consumer.newID("user_id") + `, user_id from bare
			where kind = 'consumer' and not exists (select from consumer t where t.user_id = bare.user_id)`
}
