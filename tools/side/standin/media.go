package standin

import (
	"crypto/rand"
	"fmt"
	"io"
	"mime/multipart"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

var mediaRoutes = map[string]handler{
	"GET /api/media/":      func(a *ask) (int, any, error) { return a.page(media, "created_at desc, id desc") },
	"POST /api/media/":     postMedia,
	"GET /api/media/{id}/": func(a *ask) (int, any, error) { return found(a.row(media+" where id = $1", a.id())) },
}

const (
	shownMedia = "id, name, description, price::text, url, created_at, content_type_id as content_type, object_id"
	media      = "select " + shownMedia + " from media_media"
)

// postMedia keeps a file of any name in the form, and makes a record also without one.
func postMedia(a *ask) (int, any, error) {
	var url *string
	if a.MultipartForm != nil {
		for _, files := range a.MultipartForm.File {
			at, err := a.keep(files[0])
			if err != nil {
				return 0, nil, err
			}
			url = &at
		}
	}
	return made(a.row("insert into media_media (name, description, url) values (coalesce($1, '0'), coalesce($2, '0'), $3) returning "+shownMedia,
		a.text("name"), a.text("description"), url))
}

var unsafe = regexp.MustCompile(`[^A-Za-z0-9.-]`)

// keep stores a file and returns its public address.
func (a *ask) keep(f *multipart.FileHeader) (string, error) {
	in, err := f.Open()
	if err != nil {
		return "", err
	}
	defer in.Close()
	b, err := io.ReadAll(in)
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("%d_%s_%s", time.Now().Unix(), rand.Text()[:8], unsafe.ReplaceAllString(filepath.Base(f.Filename), "_"))
	if err := os.MkdirAll(a.Files, 0o755); err != nil {
		return "", err
	}
	return "http://" + a.Host + "/media/" + name, os.WriteFile(filepath.Join(a.Files, name), b, 0o644)
}
