package original

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/platform/original"
)

// adverts takes the original's.
type adverts struct{ *core.Core }

// advert is one of the original's, and what is known of it here.
type advert struct {
	ID                                    int64
	Title, Description, Price, Condition  string
	Publisher, Category                   int64 // 0: nobody; none
	CategoryLost                          bool
	Location, Latitude, Longitude, Status string
	Main                                  int64
	Others                                []int64
	Dangling                              string // pictures that are not there
	Unreadable                            bool   // the list of the others
	CreatedAt, UpdatedAt                  time.Time
	Taken                                 *time.Time // the original's updated_at when it was taken; nil: it was not
	Version                               int        // that it had here then
	HerePublisher                         int64      // of the advert that has the id here; 0: none has
	HereVersion                           int
}

const advertsQuery = `select s.id, trim(coalesce(s.title, '')), trim(coalesce(s.description, '')), coalesce(s.price, ''), coalesce(s.condition, ''),
		coalesce(u.kept, 0), coalesce(c.id, 0), s.category_id is not null and c.id is null,
		trim(coalesce(s.location_name, '')), coalesce(s.latitude, ''), coalesce(s.longitude, ''), coalesce(s.status, ''),
		coalesce(m.kept, 0), array(select k.kept from unnest(i.ids) with ordinality x (id, n) join known_media k on k.id = x.id order by n),
		concat_ws(' ', case when m.id is null then s.main_image_id end,
			(select string_agg(x.id::text, ' ' order by n) from unnest(i.ids) with ordinality x (id, n) where not exists (select from known_media k where k.id = x.id))),
		i.ids = '{}' and trim(coalesce(s.secondary_image_ids, '')) not in ('', '[]', 'null', '"[]"', '""'),
		coalesce(s.created_at, s.updated_at, now()), coalesce(s.updated_at, s.created_at, now()), o.changed, coalesce(o.version, 0),
		coalesce(a.publisher_id, 0), coalesce(a.version, 0)
	from add_add s cross join lateral (select coalesce(original_ids(s.secondary_image_ids), '{}') as ids) i
		left join known_user u on u.id = original_id(s.publisher_id)
		left join original_category oc on oc.id = original_id(s.category_id) left join category c on c.id = oc.kept
		left join known_media m on m.id = original_id(s.main_image_id)
		left join original_add o on o.id = s.id left join add a on a.id = s.id
	where s.id > $1 and s.id <= $2 order by s.id`

func (t adverts) take(ctx context.Context, b original.Batch) error {
	rows, err := b.DB.Q(ctx).Query(ctx, advertsQuery, b.Above, b.UpTo)
	if err != nil {
		return err
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[advert])
	if err != nil {
		return err
	}
	var fresh []advert
	n := notes{}
	for _, a := range all {
		switch rule := a.refused(); {
		case rule != "":
			n.add(original.Rejected, a.ID, rule, "")
		case a.HerePublisher == 0:
			fresh = append(fresh, a)
		default:
			if err := t.again(ctx, b, a, &n); err != nil {
				return err
			}
		}
	}
	if err := t.adopt(ctx, b, fresh, &n); err != nil {
		return err
	}
	return n.write(ctx, b)
}

// refused is why an advert is not taken; empty: it is.
func (a advert) refused() string {
	switch {
	case a.Taken != nil && a.HerePublisher == 0:
		return "deleted_since"
	case a.Publisher == 0 && a.Taken == nil:
		return "publisher_unknown"
	case a.Taken == nil && a.HerePublisher != 0:
		return "id_is_anothers"
	}
	return ""
}

// adopt stores adverts that are new here.
func (t adverts) adopt(ctx context.Context, b original.Batch, fresh []advert, n *notes) error {
	adds, ids, changed := make([]marketplace.Add, len(fresh)), make([]int64, len(fresh)), make([]time.Time, len(fresh))
	for i, a := range fresh {
		adds[i], ids[i], changed[i] = a.add(n), a.ID, a.UpdatedAt
	}
	if err := t.Adopt(ctx, adds); err != nil {
		return err
	}
	_, err := b.DB.Q(ctx).Exec(ctx, "insert into original_add (id, changed, version) select id, changed, 1 from unnest($1::bigint[], $2::timestamptz[]) x (id, changed)", ids, changed)
	return err
}

// again brings an advert that is here up to date.
func (t adverts) again(ctx context.Context, b original.Batch, a advert, n *notes) error {
	switch {
	case a.UpdatedAt.Equal(*a.Taken):
		return nil
	case a.Version != a.HereVersion:
		n.add(original.Changed, a.ID, "changed_here_too", "")
		return nil
	}
	version, err := t.AdoptChange(ctx, a.add(n), a.Version)
	if err != nil {
		return err
	}
	_, err = b.DB.Q(ctx).Exec(ctx, "update original_add set changed = $2, version = $3 where id = $1", a.ID, a.UpdatedAt, version)
	return err
}

// images are the main picture and the others, each once, as many as an advert has.
func (a advert) images(n *notes) (main int64, others []int64) {
	for _, id := range a.Others {
		if id != a.Main && !slices.Contains(others, id) {
			others = append(others, id)
		}
	}
	if len(others) > marketplace.MaxImages {
		n.add(original.Changed, a.ID, "pictures_beyond_four", "")
		others = others[:marketplace.MaxImages]
	}
	if a.Dangling != "" {
		n.add(original.Changed, a.ID, "picture_unknown", a.Dangling)
	}
	if a.Unreadable {
		n.add(original.Changed, a.ID, "pictures_unreadable", "")
	}
	return a.Main, others
}
