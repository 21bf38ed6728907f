package foromod_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/foro"
	"agrovet/internal/foro/foromod"
	"agrovet/internal/platform/bus"
)

// untold are the module's own events that it has not had.
func (w *world) untold() []bus.Event {
	w.t.Helper()
	rows, err := w.db.Q(context.Background()).Query(context.Background(), `select id, topic, type, key, data, trace, internal, occurred_at
		from outbox where topic = 'foro.events' and not exists (select from inbox where event_id = outbox.id) order by position`)
	require.NoError(w.t, err)
	events, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e bus.Event, err error) {
		return e, row.Scan(&e.ID, &e.Topic, &e.Type, &e.Key, &e.Data, &e.Trace, &e.Internal, &e.OccurredAt)
	})
	require.NoError(w.t, err)
	return events
}

// tell hands the module its own events, as the bus does, until there are none.
func (w *world) tell() {
	w.t.Helper()
	for events := w.untold(); len(events) > 0; events = w.untold() {
		for _, e := range events {
			require.NoError(w.t, w.take(e))
		}
	}
}

// take hands over one event, whether the module has had it or not.
func (w *world) take(e bus.Event) error {
	return w.db.Tx(context.Background(), func(ctx context.Context) error {
		if _, err := w.db.Q(ctx).Exec(ctx, "insert into inbox (event_id, subscription) values ($1, 'test') on conflict do nothing", e.ID); err != nil {
			return err
		}
		for _, s := range w.module.Subscriptions() {
			for _, route := range s.Routes {
				if own := s.Name == foromod.NoticesGroup || s.Name == foromod.FollowersGroup; !own || route.Kind.Type != e.Type {
					continue
				}
				if err := route.Handle(ctx, e); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// happens hands the module an event of its own that another part of it publishes.
func (w *world) happens(p bus.Payload) {
	w.t.Helper()
	w.event(p)
	w.tell()
}

// reactedTo stores somebody's reaction and tells of it, as the module does.
func (w *world) reactedTo(userID int64, t foro.Target, kind foro.ReactionType) {
	w.t.Helper()
	var id int64
	column, object := "post_id", t.PostID
	if t.CommentID != 0 {
		column, object = "comment_id", t.CommentID
	}
	require.NoError(w.t, w.db.Q(context.Background()).QueryRow(context.Background(),
		fmt.Sprintf("insert into reaction (user_id, %s, type) values ($1, $2, $3) returning id", column), userID, object, kind).Scan(&id))
	w.happens(foro.ReactionAdded{ReactionID: id, UserID: userID, Type: kind, PostID: t.PostID})
}

// notices are somebody's notifications, newest activity first.
func (w *world) notices(userID int64) []object {
	w.t.Helper()
	return results(w.as(userID, "GET", "notifications/", nil).ok(200))
}

// summaries are what they say.
func (w *world) summaries(userID int64) []string {
	w.t.Helper()
	return field[string](w.notices(userID), "summary")
}

// live are what was told at once, as "user type post comment".
func (w *world) live() []string {
	w.t.Helper()
	return w.texts(`select concat_ws(' ', data->>'user_id', data->>'type', data->>'post_id', data->>'comment_id') from outbox
		where type = 'foro.noticed' order by position`)
}

// crowd are people whom the forum knows, with ids from 1000 on.
func (w *world) crowd(n int) {
	w.t.Helper()
	w.exec("insert into person (user_id) select 1000 + i from generate_series(0, $1 - 1) i", n)
}

// tagged gives a post a tag.
func (w *world) tagged(postID int64, name string) {
	w.t.Helper()
	w.exec("insert into tag (name) values ($1) on conflict do nothing", name)
	w.exec("insert into post_tag (post_id, tag_id) select $1, id from tag where name = $2", postID, name)
}

// sent sends a request whose path is written as it goes over the wire.
func (w *world) sent(userID int64, method, at string) answer {
	w.t.Helper()
	if _, err := url.ParseRequestURI("/" + at); err != nil {
		at = url.PathEscape(at)
	}
	return w.as(userID, method, strings.NewReplacer(" ", "%20", "\n", "%0A").Replace(at), nil)
}
