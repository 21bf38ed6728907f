package foromod_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro"
)

// Followers are told in parts of 500, each of them once, and 5,000 at most.
func TestManyFollowersAreTold(t *testing.T) {
	w := setup(t)
	w.crowd(6000)
	id := w.posted(ana)
	w.tagged(id, "vacas")
	w.tell()
	w.exec("insert into watch (user_id, person_id, muted) select 1000 + i, $1, i = 7 from generate_series(0, 1199) i", ana)
	w.exec("insert into watch (user_id, tag_id, muted) select 1000 + i, (select id from tag), false from generate_series(600, 1699) i")
	w.exec("insert into watch (user_id, post_id, muted) values (1000, $1, false)", id)
	w.exec("insert into notice_preference (user_id, off, live) values (1001, '{followed_person}', true), (1002, '{}', false)")

	second := w.posted(ana)
	w.tagged(second, "vacas")
	w.tell()
	require.Equal(t, 1198, w.count("notification where type = 'followed_person'"), "without who has muted her and who wants none")
	require.Equal(t, 500, w.count("notification where type = 'followed_tag'"), "without those who follow her")
	require.Equal(t, 1697, w.count("outbox where type = 'foro.noticed'"))
	require.Equal(t, 1698, w.count("notice_cause"))
	require.Equal(t, []string{"person 0", "person 1500", "person 2000", "tag 0", "tag 2099", "tag 2599"}, w.texts(
		"select concat_ws(' ', data->>'of', data->>'after') from outbox where type = 'foro.followers_due' order by position"))
	require.Equal(t, []string{"Ana Flores publicó algo nuevo: «¿Qué le doy a mi vaca?»"}, w.summaries(1000))
	w.exec("delete from inbox where event_id in (select id from outbox where key = $1)", path("%d", second)) // it comes again
	w.tell()
	require.Equal(t, 1698, w.count("notification"))

	w.commented(luis, second)
	w.commented(luis, id)
	w.tell()
	require.Equal(t, "Luis Paz comentó una publicación que sigues: «¿Qué le doy a mi vaca?»", w.summaries(1000)[0])

	w.exec("insert into watch (user_id, person_id, muted) select 1000 + i, $1, false from generate_series(0, 5999) i", luis)
	last := w.posted(luis)
	w.tell()
	require.Equal(t, foro.MaxTold-1, w.count("notification where post_id = $1", last), "one of them wants none")
}
