package foromod_test

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro"
	"agrovet/internal/foro/foromod"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"
)

// carry runs a process that carries the module's events, until it is stopped, which may be a kill.
func carry(t testing.TB, w *world, end bustest.End) (stop func()) {
	t.Helper()
	b := bus.New(bustest.Config(end))
	m, err := foromod.New(foromod.Config{}, foromod.Deps{DB: w.db, Outbox: b.Source(w.db, foromod.Topics...), Users: w.users, Media: w.media})
	require.NoError(t, err)
	b.Subscribe(w.db, slices.DeleteFunc(m.Subscriptions(), func(s bus.Subscription) bool {
		return s.Name != foromod.NoticesGroup && s.Name != foromod.FollowersGroup
	})...)
	return bustest.Run(b)
}

// The real road: the outbox, the bus, the subscription with its inbox. Handlers fail at every fifth notification and
// are tried again, processes are killed, two of them work at once, and the outbox is handed over again and again. Each
// cause is told once, live too, and what was muted never.
func TestNotificationsArriveOverTheBusOnce(t *testing.T) {
	w := setup(t)
	w.exec("create sequence refusals")
	w.exec(`create function refuse() returns trigger language plpgsql as $$ begin
		if nextval('refusals') % 5 = 0 then raise exception 'broken for a test'; end if; return new; end $$`)
	w.exec("create trigger refuse before insert or update on notification for each row execute function refuse()")
	muted := w.posted(ana)
	w.as(ana, "POST", path("posts/%d/mute/", muted), nil).ok(200)
	w.as(carla, "POST", path("people/%d/follow/", ana), nil).ok(200)
	causes := 0
	for range 10 {
		id := w.posted(ana)                           // tells carla
		w.commented(luis, id)                         // tells ana
		first := w.commented(carla, id)               // tells ana
		w.commented(ana, id, object{"parent": first}) // tells carla
		w.commented(beto, muted)
		causes += 4
	}
	for range 3 {
		killed, second := carry(t, w, bustest.Killed), carry(t, w, bustest.InGoodOrder)
		require.Eventually(t, func() bool { return w.count("inbox") > 5 }, time.Minute, time.Millisecond)
		killed()
		third := carry(t, w, bustest.InGoodOrder)
		require.Eventually(t, func() bool { return w.allHandled() }, time.Minute, 10*time.Millisecond)
		second()
		third()
		require.Equal(t, causes, w.count("notice_cause"))
		require.Equal(t, causes, w.count("outbox where type = 'foro.noticed'"))
		require.Equal(t, 10, w.count("notification where type = 'post_reply' and actors_count = 2"))
		require.Equal(t, 30, w.count("notification"))
		require.Zero(t, w.count("notification where post_id = $1", muted))
		_, err := w.db.Q(context.Background()).Exec(context.Background(), "delete from outbox_cursor")
		require.NoError(t, err)
		w.exec("delete from inbox where event_id in (select id from outbox where position % 2 = 0)")
	}
	require.Greater(t, w.count("(select last_value from refusals) s where last_value > 40"), 0, "handlers have failed")
}

// allHandled says whether the groups have dealt with all that they want, at one moment: what is parked is in the inbox
// as well.
func (w *world) allHandled() bool {
	return w.count(`(select from parked union all
		select from outbox o where type in ('foro.post.created', 'foro.comment.added', 'foro.followers_due')
			and not exists (select from inbox i where i.event_id = o.id and i.subscription = any($1))) left_over`, []string{foromod.NoticesGroup, foromod.FollowersGroup}) == 0
}

// People react while others' reactions are told and the notifications are being read: nobody is lost in between.
func TestNotificationsWhileTheyAreRead(t *testing.T) {
	w := setup(t)
	const people = 24
	w.crowd(people)
	id := w.posted(ana)
	w.exec("insert into reaction (user_id, post_id, type) select 1000 + i, $1, 'like' from generate_series(0, $2 - 1) i", id, people)
	var reading, telling sync.WaitGroup
	done := make(chan struct{})
	for range 2 {
		reading.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					w.as(ana, "POST", "notifications/mark_read/", object{"all": true})
				}
			}
		})
	}
	for i := range int64(people) {
		telling.Go(func() {
			w.event(foro.ReactionAdded{ReactionID: i + 1})
			w.event(foro.ReactionAdded{ReactionID: i + 1}) // and again
		})
	}
	telling.Wait()
	close(done)
	reading.Wait()
	require.Equal(t, []string{strconv.Itoa(people)}, w.texts("select sum(actors_count)::text from notification"))
	require.Equal(t, people, w.count("notice_cause"))
	require.Equal(t, people, w.count("(select distinct actor_id, notification_id from notice_cause) c join notification n on n.id = c.notification_id"))
}
