package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestFilesAcrossModules follows files through all modules and the real bus: what is deleted in one
// place disappears from every other, and whoever leaves takes everything along.
func TestFilesAcrossModules(t *testing.T) {
	p := startShared(t)
	ana, beto := member(t, p, "70000001"), member(t, p, "70000002")
	for i, who := range []registered{ana, beto} {
		p.upload(who, "/api/auth/upload-profile-picture/", "image", byte(10*i))
		p.upload(who, fmt.Sprintf("/api/profiles/specialists/%d/upload_work_images/", who.User.ID), "images", byte(10*i+1))
		p.upload(who, fmt.Sprintf("/api/profiles/specialists/%d/upload_work_images/", who.User.ID), "images", byte(10*i+2))
	}
	profile := func(who registered) map[string]any {
		return p.asked(beto, fmt.Sprintf("/api/profiles/specialists/%d/", who.User.ID))
	}
	require.Len(t, profile(ana)["work_images_ids"], 2)
	require.Len(t, profile(ana)["work_images"], 2)
	nested := p.asked(beto, fmt.Sprintf("/api/auth/users/%d/", ana.User.ID))["specialist_profile"].(map[string]any)
	require.Equal(t, profile(ana)["work_images"], nested["work_images"], "a nested profile shows them too")

	first := profile(ana)["work_images_ids"].([]any)[0]
	p.mustCall(http.StatusNoContent, http.MethodDelete, fmt.Sprintf("/api/media/%.0f/", first), nil, "Authorization", "Token "+ana.Token)
	p.eventually("the deleted image has left the profile", func() bool { return len(profile(ana)["work_images_ids"].([]any)) == 1 })
	require.NotContains(t, profile(ana)["work_images_ids"], first)

	p.eventually("all renditions are made", func() bool { return len(p.stored()) == 5*4 })
	p.mustCall(http.StatusNoContent, http.MethodDelete, fmt.Sprintf("/api/auth/users/%d/", ana.User.ID), nil, "Authorization", "Token "+ana.Token)
	p.eventually("her files are gone, his stay", func() bool { return len(p.stored()) == 3*4 })
	for _, path := range []string{"/api/auth/users/%d/", "/api/profiles/specialists/%d/"} {
		p.mustCall(http.StatusNotFound, http.MethodGet, fmt.Sprintf(path, ana.User.ID), nil, "Authorization", "Token "+beto.Token)
	}
	require.EqualValues(t, 1, p.asked(beto, "/api/profiles/specialists/")["count"])
	require.Len(t, profile(beto)["work_images"], 2)
	for _, url := range profile(beto)["work_images"].([]any) {
		p.mustCall(http.StatusOK, http.MethodGet, strings.TrimPrefix(url.(string), p.base), nil)
	}
	p.stop()
}

// upload sends a picture; another shade is another one.
func (p *process) upload(who registered, path, field string, shade byte) {
	p.t.Helper()
	m := image.NewGray(image.Rect(0, 0, 8, 8))
	m.Pix[0] = shade
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile(field, "vaca.png")
	require.NoError(p.t, err)
	require.NoError(p.t, png.Encode(part, m))
	require.NoError(p.t, form.Close())
	req, err := http.NewRequest(http.MethodPost, p.base+path, &body)
	require.NoError(p.t, err)
	req.Header.Set("Content-Type", form.FormDataContentType())
	req.Header.Set("Authorization", "Token "+who.Token)
	res, err := http.DefaultClient.Do(req)
	require.NoError(p.t, err)
	defer res.Body.Close()
	require.Less(p.t, res.StatusCode, 300)
}

// asked is the answer to a read.
func (p *process) asked(who registered, path string) (body map[string]any) {
	p.t.Helper()
	r := p.mustCall(http.StatusOK, http.MethodGet, path, nil, "Authorization", "Token "+who.Token)
	require.NoError(p.t, json.Unmarshal([]byte(r.body), &body))
	return body
}

// stored are the files in the store.
func (p *process) stored() (all []string) {
	p.t.Helper()
	require.NoError(p.t, filepath.WalkDir(filepath.Join(p.dataDir, "media"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.Contains(path, "/.tmp/") {
			all = append(all, path)
		}
		return nil // files come and go meanwhile
	}))
	return all
}

func (p *process) eventually(what string, holds func() bool) {
	p.t.Helper()
	require.Eventually(p.t, holds, 60*time.Second, 50*time.Millisecond, what)
}
