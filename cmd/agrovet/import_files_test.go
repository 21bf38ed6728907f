package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/original/synthetic"
)

// importedFiles looks at files as the original's clients did.
func importedFiles(t *testing.T, p *process, dsn string) {
	t.Helper()
	old, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer old.Close(t.Context())
	db := p.database()
	var advert, picture, was, document int64
	require.NoError(t, db.QueryRow(t.Context(), `select a.id, o.id from marketplace.add a join marketplace.add_image i on i.add_id = a.id and i.position = 0
		join media.object o on o.id = i.media_id join media.file f on f.id = o.file_id where a.status = 'active' and not f.private order by a.id limit 1`).Scan(&advert, &picture))
	require.NoError(t, old.QueryRow(t.Context(), "select main_image_id from add_add where id = $1", advert).Scan(&was))
	require.Equal(t, was, picture)
	require.NoError(t, db.QueryRow(t.Context(), `select o.id from profiles.specialist s join media.object o on o.id = s.title_id
		join media.file f on f.id = o.file_id order by s.id limit 1`).Scan(&document))

	p.eventually("smaller copies of the picture", func() bool { return len(p.mainImage(advert).Renditions) > 0 })
	shown := p.mainImage(advert)
	require.Equal(t, picture, shown.ID)
	file := p.mustCall(http.StatusOK, http.MethodGet, strings.TrimPrefix(shown.URL, p.base), nil)
	require.Equal(t, "image/", file.header.Get("Content-Type")[:6])
	require.NotContains(t, file.body, synthetic.Secret)

	p.mustCall(http.StatusNotFound, http.MethodGet, fmt.Sprintf("/api/media/%d/", document), nil, "Authorization", "Token "+synthetic.Token(8))
	seen := p.mustCall(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/media/%d/", document), nil, "Authorization", "Token "+synthetic.Token(1)) // staff
	require.Contains(t, seen.body, `"private":true`)
	var key string
	require.NoError(t, db.QueryRow(t.Context(), "select f.key from media.object o join media.file f on f.id = o.file_id where o.id = $1", document).Scan(&key))
	p.mustCall(http.StatusNotFound, http.MethodGet, "/media/"+key, nil)

	me := p.mustCall(http.StatusOK, http.MethodGet, "/api/auth/users/3/", nil, "Authorization", "Token "+synthetic.Token(3))
	var user struct {
		Picture string `json:"profile_picture"`
	}
	require.NoError(t, json.Unmarshal([]byte(me.body), &user))
	p.mustCall(http.StatusOK, http.MethodGet, strings.TrimPrefix(user.Picture, p.base), nil)
}

// advertImage is an advert's main one.
type advertImage struct {
	ID         int64
	URL        string
	Renditions []any
}

func (p *process) mainImage(advert int64) advertImage {
	p.t.Helper()
	var a struct {
		MainImage advertImage `json:"main_image"`
	}
	r := p.mustCall(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/adds/%d/", advert), nil)
	require.NoError(p.t, json.Unmarshal([]byte(r.body), &a), r.body)
	return a.MainImage
}
