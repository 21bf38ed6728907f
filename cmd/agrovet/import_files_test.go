package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/original/originaltest"
)

// importedFiles looks at files as the original's clients did.
func importedFiles(t *testing.T, p *process, dsn string) {
	t.Helper()
	old, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer old.Close(t.Context())
	const there = "d.url is not null and d.id % 19 <> 0 and d.id % 23 <> 0 and d.id % 29 <> 0"
	var advert, picture, document int64
	require.NoError(t, old.QueryRow(t.Context(), `select a.id, d.id from add_add a join media_media d on d.id = a.main_image_id join auth_app_user u on u.id = a.publisher_id
		where a.status = 'active' and not exists (select from profiles_specialistprofile where d.id in (verification_title_id, verification_student_card_id)) and `+there+` order by a.id limit 1`).Scan(&advert, &picture))
	require.NoError(t, old.QueryRow(t.Context(), `select d.id from profiles_specialistprofile s join auth_app_user u on u.id = s.user_id join media_media d on d.id = s.verification_title_id
		where u.phone_number = '5917' || lpad(u.id::text, 7, '0') and `+there+" order by s.id limit 1").Scan(&document))

	p.eventually("smaller copies of the picture", func() bool { return len(p.mainImage(advert).Renditions) > 0 })
	shown := p.mainImage(advert)
	require.Equal(t, picture, shown.ID)
	file := p.mustCall(http.StatusOK, http.MethodGet, strings.TrimPrefix(shown.URL, p.base), nil)
	require.Equal(t, "image/", file.header.Get("Content-Type")[:6])
	require.NotContains(t, file.body, originaltest.Secret)

	p.mustCall(http.StatusNotFound, http.MethodGet, fmt.Sprintf("/api/media/%d/", document), nil, "Authorization", "Token "+originaltest.Token(8))
	seen := p.mustCall(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/media/%d/", document), nil, "Authorization", "Token "+originaltest.Token(1)) // staff
	require.Contains(t, seen.body, `"private":true`)
	var key string
	require.NoError(t, p.database().QueryRow(t.Context(), "select f.key from media.object o join media.file f on f.id = o.file_id where o.id = $1", document).Scan(&key))
	p.mustCall(http.StatusNotFound, http.MethodGet, "/media/"+key, nil)

	me := p.mustCall(http.StatusOK, http.MethodGet, "/api/auth/users/3/", nil, "Authorization", "Token "+originaltest.Token(3))
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
	r := p.mustCall(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/marketplace/adds/%d/", advert), nil)
	require.NoError(p.t, json.Unmarshal([]byte(r.body), &a), r.body)
	return a.MainImage
}
