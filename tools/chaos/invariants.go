package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// broken count rows that must not be there after what people did here; what holds always is stated by the modules and
// looked at by agrovet verify.
var broken = map[string]string{
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
	if _, err := g.tool(ctx, "verify", "--references", "--files"); err != nil {
		all = append(all, err)
	}
	for what, sql := range broken {
		none(what, sql)
	}
	var causes, events int64
	if err := db.QueryRow(ctx, "select (select count(*) from foro.notice_cause), (select count(*) from foro.inbox) + (select count(*) from profiles.inbox) + (select count(*) from chat.inbox) + (select count(*) from marketplace.inbox) + (select count(*) from media.inbox)").Scan(&causes, &events); err != nil {
		return err
	}
	say("%d causes of notifications, %d events handled, the invariants of all modules and %d more looked at", causes, events, len(broken))
	return errors.Join(all...)
}
