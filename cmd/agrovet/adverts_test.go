package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pgtest"
)

// coreCategories are what the original's client offers, and nothing else when page 1 has one of them.
var coreCategories = []string{"Medicamentos y salud animal", "Alimentos y suplementos", "Semillas y plantas", "Fertilizantes y agroquímicos",
	"Maquinaria e implementos", "Herramientas e insumos", "Servicios agropecuarios", "Productos para ganado"}

// TestAdvertsAcrossModules is the advert form of the original's client against the whole program: pictures
// are uploaded without a token, as it does, and then an advert is posted with ids as texts. Names come
// from auth, pictures from media, and both tell when they are gone.
func TestAdvertsAcrossModules(t *testing.T) {
	p := startShared(t)
	ana, beto := member(t, p, "70000001"), member(t, p, "70000002")

	offered := p.asked(ana, "/api/categories/")["results"].([]any)
	for i, name := range coreCategories {
		require.Equal(t, name, offered[i].(map[string]any)["name"])
	}
	var pictures []float64
	for shade := range 3 {
		pictures = append(pictures, p.uploadAnonymously(byte(40*shade)))
	}
	form := map[string]any{"title": "Molino de martillos", "description": "Poco uso.", "price": "0", "category": fmt.Sprint(offered[4].(map[string]any)["id"]),
		"condition": "used", "main_image_id": fmt.Sprint(pictures[0]), "secondary_image_ids": []string{fmt.Sprint(pictures[1])}}
	made := p.published(ana, form)
	address := fmt.Sprintf("/api/adds/%.0f/", made["id"])
	require.Equal(t, "Persona 70000001", made["publisher_name"])
	require.Equal(t, float64(ana.User.ID), made["publisher"])
	require.Equal(t, "0.00", made["price"])
	require.Equal(t, offered[4].(map[string]any)["id"], made["category"])
	require.Equal(t, pictures[0], made["main_image"].(map[string]any)["id"])
	p.mustCall(http.StatusOK, http.MethodGet, made["main_image"].(map[string]any)["url"].(string)[len(p.base):], nil)

	form["price"], form["main_image_id"], form["secondary_image_ids"] = 0, pictures[2], nil
	second := p.published(ana, form)
	require.Equal(t, 2.0, p.asked(beto, "/api/adds/")["count"])
	require.Equal(t, 2.0, p.asked(beto, "/api/adds/?search=molinos")["count"])

	require.Equal(t, 3.0, p.asked(ana, "/api/media/")["count"], "her pictures are hers now")
	taken := p.mustCall(http.StatusBadRequest, http.MethodPost, "/api/adds/", map[string]any{"title": "x", "description": "x", "price": 1, "condition": "new", "main_image_id": pictures[0]}, "Authorization", "Token "+beto.Token)
	require.Contains(t, taken.body, `"main_image_id":"Media principal no encontrada."`)

	room := p.contacted(beto, made["id"])
	require.Equal(t, room, p.contacted(beto, made["id"]), "of one advert one room")
	require.NotEqual(t, room, p.contacted(beto, second["id"]))
	mine := p.asked(ana, "/api/chat/rooms/")
	require.Equal(t, 2.0, mine["count"], "the seller has them, too")
	has := p.asked(beto, fmt.Sprintf("/api/chat/rooms/%.0f/", room))
	require.Equal(t, []any{made["id"], true, 2.0}, []any{has["about_add_id"], has["is_private"], has["participants_count"]})
	require.ElementsMatch(t, []any{"Persona 70000001", "Persona 70000002"}, fieldOf(has["participants"], "full_name"))
	require.ElementsMatch(t, []any{"", "+59170000002"}, fieldOf(has["participants"], "phone_number"), "she has not answered")

	p.mustCall(http.StatusNoContent, http.MethodDelete, fmt.Sprintf("/api/media/%.0f/", pictures[0]), nil, "Authorization", "Token "+ana.Token)
	p.eventually("the deleted picture has left the advert", func() bool { a := p.asked(beto, address); return a["main_image"] == nil && a["version"] == 2.0 })
	require.Len(t, p.asked(beto, address)["secondary_images"], 1)
	p.mustCall(http.StatusNoContent, http.MethodDelete, fmt.Sprintf("/api/adds/%.0f/", second["id"]), nil, "Authorization", "Token "+ana.Token)

	his := p.published(beto, map[string]any{"title": "Arado", "description": "x", "price": "10", "condition": "new", "main_image_id": p.uploadAnonymously(200)})
	p.mustCall(http.StatusNoContent, http.MethodDelete, fmt.Sprintf("/api/auth/users/%d/", ana.User.ID), nil, "Authorization", "Token "+ana.Token)
	p.eventually("her advert is gone", func() bool {
		r, err := p.call(http.MethodGet, address, nil)
		return err == nil && r.status == http.StatusNotFound
	})
	require.Equal(t, []any{his["id"]}, fieldOf(p.asked(beto, "/api/adds/")["results"], "id"))
	require.Equal(t, 1.0, p.asked(beto, "/api/adds/facets/")["count"])
	p.eventually("her files are gone, his stay", func() bool { return len(p.stored()) == 4 })
	p.eventually("the chat has forgotten her", func() bool {
		return p.asked(beto, fmt.Sprintf("/api/chat/rooms/%.0f/", room))["participants_count"] == 1.0
	})
	p.eventually("and her name", func() bool { return len(p.knowing("chat", ana.User.ID)) == 0 })
	p.forgotten(ana.User.ID)
	p.stop()
}

// published posts an advert as the client does.
func (p *process) published(who registered, form map[string]any) (made map[string]any) {
	p.t.Helper()
	r := p.mustCall(http.StatusCreated, http.MethodPost, "/api/adds/", form, "Authorization", "Bearer "+who.Token)
	require.NoError(p.t, json.Unmarshal([]byte(r.body), &made))
	return made
}

// uploadAnonymously sends a picture without a token and returns its id; another shade is another picture.
func (p *process) uploadAnonymously(shade byte) float64 {
	p.t.Helper()
	m := image.NewGray(image.Rect(0, 0, 8, 8))
	m.Pix[0] = shade
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("image", "molino.png")
	require.NoError(p.t, err)
	require.NoError(p.t, png.Encode(part, m))
	require.NoError(p.t, form.Close())
	res, err := http.Post(p.base+"/api/media/", form.FormDataContentType(), &body)
	require.NoError(p.t, err)
	defer res.Body.Close()
	require.Equal(p.t, http.StatusCreated, res.StatusCode)
	var made map[string]any
	require.NoError(p.t, json.NewDecoder(res.Body).Decode(&made))
	return made["id"].(float64)
}

// contacted opens the chat with an advert's publisher.
func (p *process) contacted(who registered, add any) float64 {
	p.t.Helper()
	r := p.mustCall(http.StatusOK, http.MethodPost, fmt.Sprintf("/api/adds/%.0f/contact/", add), nil, "Authorization", "Token "+who.Token)
	var got map[string]any
	require.NoError(p.t, json.Unmarshal([]byte(r.body), &got))
	return got["room_id"].(float64)
}

// forgotten expects that no table of the marketplace knows of the user any more, but for the note that
// they are gone.
func (p *process) forgotten(userID int64) {
	p.t.Helper()
	require.Empty(p.t, p.knowing("marketplace", userID))
}

// knowing are the columns of a module's tables that know of the user, but for the note that they are gone.
func (p *process) knowing(schema string, userID int64) (knowing []string) {
	p.t.Helper()
	db, ctx := p.database(), context.Background()
	defer db.Close(ctx)
	rows, err := db.Query(ctx, `select table_schema || '.' || table_name || ' where ' || column_name from information_schema.columns where table_schema = $1
		and column_name ~ '^(.*_)?(user|publisher|actor|owner|follower|following|reporter|seller|viewer|staff|author|member|by)(_id)?$' and data_type in ('bigint', 'integer')`, schema)
	require.NoError(p.t, err)
	columns, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(p.t, err)
	require.Contains(p.t, columns, map[string]string{"marketplace": "marketplace.add where publisher_id", "chat": "chat.entry where user_id"}[schema])
	for _, c := range columns {
		var n int
		condition := fmt.Sprintf("select count(*) from %s = $1", c)
		if strings.HasSuffix(c, ".publisher where user_id") || strings.HasSuffix(c, ".person where user_id") {
			condition += " and not gone"
		}
		require.NoError(p.t, db.QueryRow(ctx, condition, userID).Scan(&n))
		if n != 0 {
			knowing = append(knowing, c)
		}
	}
	return knowing
}

// fieldOf is a field of each row.
func fieldOf(rows any, name string) (all []any) {
	for _, r := range rows.([]any) {
		all = append(all, r.(map[string]any)[name])
	}
	return all
}

func TestWhereChatDoesNotRunSellersCannotBeContacted(t *testing.T) {
	p := partOf(t, pgtest.Database(t), "media,auth,profiles,marketplace")
	ana, beto := member(t, p, "70000001"), member(t, p, "70000002")
	made := p.published(ana, map[string]any{"title": "Arado", "description": "x", "price": "10", "condition": "new"})
	r := p.mustCall(http.StatusServiceUnavailable, http.MethodPost, fmt.Sprintf("/api/adds/%.0f/contact/", made["id"]), nil, "Authorization", "Token "+beto.Token)
	require.Contains(t, r.body, "chat.unavailable")
}
