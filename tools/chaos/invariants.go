package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"agrovet/tools/split/fleet"
)

// everywhere and broken count rows that must not be there; in the first, %s is a module's schema.
var everywhere = map[string]string{
	"parked events":   "select count(*) from %s.parked",
	"rejected events": "select count(*) from %s.rejected",
}

var broken = map[string]string{
	"posts whose comments are miscounted":       `select count(*) from foro.post p where comments_count <> (select count(*) from foro.comment c where c.post_id = p.id and state = 'visible')`,
	"posts whose likes are miscounted":          `select count(*) from foro.post p where likes <> (select count(*) from foro.reaction r where r.post_id = p.id and type = 'like')`,
	"communities whose members are miscounted":  `select count(*) from foro.community c where members_count <> (select count(*) from foro.member m where m.community_id = c.id)`,
	"rooms whose log has holes":                 `select count(*) from chat.room r where last_seq <> (select count(*) from chat.entry e where e.room_id = r.id) or last_seq <> (select coalesce(max(seq), 0) from chat.entry e where e.room_id = r.id)`,
	"rooms whose members are miscounted":        `select count(*) from chat.room r where members <> (select count(*) from chat.member m where m.room_id = r.id)`,
	"notifications whose people are miscounted": `select count(*) from foro.notification n where actors_count <> (select count(distinct actor_id) from foro.notice_cause c where c.notification_id = n.id)`,
	"comments that their post's author was not told of": `select count(*) from foro.comment c join foro.post p on p.id = c.post_id where c.user_id <> p.author_id and 1 <>
		(select count(*) from foro.notice_cause n where n.kind = 'comment' and n.object_id = c.id and n.recipient_id = p.author_id)`,
	"reactions that their post's author was not told of": `select count(*) from foro.reaction r join foro.post p on p.id = r.post_id where r.user_id <> p.author_id and 1 <>
		(select count(*) from foro.notice_cause n where n.kind like '%reaction%' and n.object_id = p.id and n.recipient_id = p.author_id and n.actor_id = r.user_id)`,
	"users without a profile, or with two": `select count(*) from auth.users u where 1 <> (select count(*) from (select user_id from profiles.specialist union all select user_id from profiles.businessman union all select user_id from profiles.consumer) p where p.user_id = u.id)`,
}

// invariants look into the database, where clients cannot.
func (g *ground) invariants(ctx context.Context) error {
	db, err := pgx.Connect(ctx, g.dsn)
	if err != nil {
		return err
	}
	defer db.Close(ctx)
	var all []error
	none := func(what, sql string) {
		var n int64
		if err := db.QueryRow(ctx, sql).Scan(&n); err != nil || n != 0 {
			all = append(all, fmt.Errorf("%d %s (%w)", n, what, err))
		}
	}
	for what, sql := range everywhere {
		for _, module := range fleet.Modules {
			none(what+" of "+module.Name, fmt.Sprintf(sql, module.Name))
		}
	}
	for what, sql := range broken {
		none(what, sql)
	}
	var causes, events int64
	if err := db.QueryRow(ctx, "select (select count(*) from foro.notice_cause), (select count(*) from foro.inbox) + (select count(*) from profiles.inbox) + (select count(*) from chat.inbox) + (select count(*) from marketplace.inbox) + (select count(*) from media.inbox)").Scan(&causes, &events); err != nil {
		return err
	}
	say("%d causes of notifications, %d events handled, %d invariants looked at", causes, events, len(broken)+len(everywhere)*len(fleet.Modules))
	return errors.Join(all...)
}
