package marketplacemod_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/media"
)

var update = flag.Bool("update", false, "write testdata/*.json as the answers are now")

// TestWhatClientsRead keeps the JSON that clients depend on where a change shows in review. After a
// change on purpose: go test ./internal/marketplace/marketplacemod -run WhatClientsRead -update
func TestWhatClientsRead(t *testing.T) {
	w := setup(t)
	w.users.known[ana] = auth.User{ID: ana, FullName: "Ana Flores", Role: auth.Specialist, Picture: "/media/media/ana.jpg"}
	for id := int64(1); id <= 2; id++ {
		w.media.Put(media.Object{ID: id, Kind: media.Image, MIME: "image/jpeg", Name: "vaca.jpg", Size: 1234, Width: 800, Height: 600})
	}
	bovines := w.category("Bovinos")
	id := w.published(ana, object{"category": bovines, "main_image_id": 1, "secondary_image_ids": []int{2}, "latitude": -17.7833, "longitude": -63.1821, "location_name": "Montero",
		"price": "115", "unit": "arroba", "quantity": "12.5", "negotiable": true, "attributes": object{"raza": "nelore", "peso_kg": 450, "vacunado": true}})
	w.published(luis, object{"title": "Oveja", "on_request": true})
	w.exec("update add set rough_latitude = -17.791, rough_longitude = -63.175 where id = $1", id)
	w.exec("update listing set latitude = -17.791, longitude = -63.175 where add_id = $1", id)
	for name, got := range map[string]answer{
		"advert_owner":    w.as(ana, "GET", path("adds/%d/", id), nil),
		"advert_stranger": w.as(0, "GET", path("adds/%d/", id), nil),
		"page":            w.as(0, "GET", "adds/?page_size=1", nil),
		"search":          w.as(0, "GET", "adds/?search=holstein&near=-17.78,-63.18", nil),
		"nearby":          w.as(0, "GET", "adds/nearby/?lat=-17.78&lon=-63.18", nil),
		"category":        w.as(0, "GET", path("categories/%d/", w.category("Identificación y manejo")), nil),
		"categories":      w.as(0, "GET", "categories/?page_size=1&page=2", nil),
		"facets":          w.as(0, "GET", "adds/facets/", nil),
		"history":         w.as(ana, "GET", path("adds/%d/history/", id), nil),
		"prices":          w.as(0, "GET", path("adds/%d/prices/", id), nil),
		"wrong_fields":    w.as(ana, "POST", "adds/", object{"price": "x"}),
		"wrong_image":     w.as(ana, "POST", "adds/", cow(object{"main_image_id": 998})),
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, got.Raw) })
	}
}

var moment = regexp.MustCompile(`"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"`)

// golden compares an answer with its file, all times being one.
func golden(t *testing.T, name, raw string) {
	t.Helper()
	var got bytes.Buffer
	require.NoError(t, json.Indent(&got, moment.ReplaceAll([]byte(raw), []byte(`"2026-11-23T07:49:44.490995Z"`)), "", "  "))
	file := filepath.Join("testdata", name+".json")
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(file, append(bytes.TrimSpace(got.Bytes()), '\n'), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), string(append(bytes.TrimSpace(got.Bytes()), '\n')))
}
