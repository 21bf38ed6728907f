package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/media/mediajson"
)

// The statements of the product's list of objects, as sqlc expands them; see bareusers.go.
const (
	selectObjectIDs   = `select id from object where owner_id = $1 and id < $2 order by id desc limit $4 offset $3`
	selectObjectCount = `select count(*) from (select from object where owner_id = $1 limit $2) bounded`
	selectObjects     = `select object.id, object.owner_id, object.file_id, object.name, object.description,
			coalesce(object.price::text, '')::text as price, object.content_type, object.object_id, object.created_at,
			coalesce(file.kind, '')::text as kind, coalesce(file.mime, '')::text as mime, coalesce(file.private, false) as private,
			coalesce(file.key, '')::text as key, coalesce(file.size, 0) as size, coalesce(file.width, 0) as width,
			coalesce(file.height, 0) as height, coalesce(file.duration_ms, 0) as duration_ms, file.latitude, file.longitude,
			file.taken_at, coalesce(file.preview, '')::text as preview, coalesce(file.renditions, '[]') as renditions
		from object left join file on file.id = object.file_id
		where object.id = any($1::bigint[])`
)

// bareMedia is the product's JSON of an object, for its owner.
type bareMedia struct {
	mediajson.Media
	Place   *struct{} `json:"place"`
	TakenAt *string   `json:"taken_at"`
}

func (p *peer) objects(w http.ResponseWriter, r *http.Request) {
	owner, err := strconv.ParseInt(r.URL.Query().Get("owner"), 10, 64)
	var page barePage[bareMedia]
	if err == nil {
		page, err = p.mediaPage(r.Context(), owner)
	}
	var body []byte
	if err == nil {
		body, err = json.Marshal(page)
	}
	reply(w, http.StatusOK, body, err)
}

func (p *peer) mediaPage(ctx context.Context, owner int64) (page barePage[bareMedia], err error) {
	if err := p.pools["media"].QueryRow(ctx, selectObjectCount, owner, 10_000).Scan(&page.Count); err != nil {
		return page, err
	}
	rows, err := p.pools["media"].Query(ctx, selectObjectIDs, owner, int64(math.MaxInt64), 0, 20)
	if err != nil {
		return page, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return page, err
	}
	if rows, err = p.pools["media"].Query(ctx, selectObjects, ids); err != nil {
		return page, err
	}
	page.Results, err = pgx.CollectRows(rows, bareObject)
	slices.SortFunc(page.Results, func(a, b bareMedia) int { return int(b.ID - a.ID) })
	return page, err
}

// bareObject makes the JSON of a row.
func bareObject(row pgx.CollectableRow) (m bareMedia, err error) {
	var owner, milliseconds int64
	var file *int64
	var name, price, kind, mime, key, preview string
	var latitude, longitude *float64
	var taken *time.Time
	var created time.Time
	var renditions []byte
	err = row.Scan(&m.ID, &owner, &file, &name, &m.Description, &price, &m.ContentType, &m.ObjectID, &created, &kind, &mime, &m.Private,
		&key, &m.Size, &m.Width, &m.Height, &milliseconds, &latitude, &longitude, &taken, &preview, &renditions)
	if err != nil {
		return m, err
	}
	url, seconds := "http://127.0.0.1/media/"+key, float64(milliseconds)/1000
	m.Name, m.Price, m.MIMEType, m.URL, m.Kind = &name, &price, &mime, &url, kind
	m.CreatedAt, m.Duration = created.UTC().Format("2006-01-02T15:04:05.000000Z"), &seconds
	if err := json.Unmarshal(renditions, &m.Renditions); err != nil {
		return m, fmt.Errorf("renditions: %w", err)
	}
	return m, nil
}
