package stories

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"
)

// tus are the headers of a resumable upload (tus 1.0), with more of them.
func tus(more ...string) []string { return append([]string{"Tus-Resumable", "1.0.0"}, more...) }

// mediaTales are rest.md §3.
var mediaTales = []tale{
	{"APictureIsTakenIn", func(s *story) {
		ana := s.someone("consumer")
		file := s.picture()
		got := ana.send(201, "/api/media/", "image", "mi vaca.png", file, "folder", "products", "name", "Vaca", "description", "Holstein", "price", "12.5").
			is("name", "Vaca", "description", "Holstein", "price", "12.50", "kind", "image", "mime_type", "image/png", "private", false, "width", 24, "height", 16, "content_type", nil, "object_id", nil)
		require.Equal(s, got.text("url"), got.header.Get("Location"))
		require.Regexp(s, `/media/products/\d+_[0-9a-f]+_mi_vaca\.png$`, got.text("url"))
		served := s.nobody().get(200, got.text("url"))
		require.Equal(s, "image/png", served.header.Get("Content-Type"))
		require.Equal(s, "nosniff", served.header.Get("X-Content-Type-Options"))
		require.Equal(s, 206, s.nobody().try("GET", got.text("url"), nil, "Range", "bytes=0-9").status)
	}},
	{"SmallerCopiesAreMade", func(s *story) {
		ana := s.someone("consumer")
		path := at("/api/media/%d/", ana.send(201, "/api/media/", "image", "vaca.png", s.large()).id("id"))
		s.until("the three sizes are there", func() bool { return ana.get(200, path).has("renditions.*.name", []string{"small", "medium", "large"}) })
		got := ana.get(200, path).is("renditions.0.width", 320, "renditions.1.width", 800)
		for i := range 3 {
			s.nobody().get(200, got.text(at("renditions.%d.url", i)))
		}
		require.Contains(s, got.text("srcset"), " 320w")
		require.Contains(s, got.text("preview"), "data:image/webp;base64,")
	}},
	{"WithoutAFileThereIsARecord", func(s *story) {
		ana := s.someone("consumer")
		ana.post(201, "/api/media/", j{"name": "x", "url": "http://example.org/x.png"}).is("url", nil, "name", "x")
		ana.send(201, "/api/media/", "foto", "vaca.png", s.picture()).is("kind", "image") // the first file, of any name
	}},
	{"WhatIsNoFileOfOursIsRefused", func(s *story) {
		ana := s.someone("consumer")
		for name, content := range map[string]string{"a.html": "<html><script>1</script></html>", "a.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`, "a.png": "no picture", "a.exe": "MZ\x90\x00"} {
			ana.send(400, "/api/media/", "image", name, []byte(content)).is("code", "media.type_refused", "image.#", 1)
		}
		ana.send(400, "/api/media/", "image", "vaca.png", s.picture(), "folder", "../x").is("folder.#", 1)
		ana.send(400, "/api/media/", "image", "vaca.png", s.picture(), "price", "mucho").is("price.#", 1)
	}},
	{"ARecordingKeepsItsWaveForm", func(s *story) {
		ana := s.someone("consumer")
		wave := `{"spectrum":[` + strings.Repeat("0.123,", 400) + `1]}`
		got := ana.send(201, "/api/media/", "audio", "voz.wav", s.sound(20_000), "folder", "chat", "description", wave).is("kind", "audio", "mime_type", "audio/wav", "description", wave)
		require.True(s, strings.HasSuffix(got.text("url"), ".wav"))
	}},
	{"OnesOwnAreListedChangedAndDeleted", func(s *story) {
		ana, beto := s.member("consumer"), s.someone("consumer")
		first, second := ana.uploaded(), ana.uploaded()
		ana.get(200, "/api/media/").is("count", 2, "results.*.id", []int64{second, first})
		path := at("/api/media/%d/", first)
		was := ana.get(200, path).text("url")
		ana.patch(200, path, j{"description": "Otra"}).is("description", "Otra", "url", was)
		ana.put(200, path, j{"name": "Toro"}).is("name", "Toro")
		for _, refused := range []struct {
			who    *person
			status []int
		}{{beto, []int{403, 404}}, {s.nobody(), []int{401}}} {
			require.Contains(s, refused.status, refused.who.try("PATCH", path, j{"name": "x"}).status)
			require.Contains(s, refused.status, refused.who.try("DELETE", path, nil).status)
		}
		ana.delete(204, path)
		ana.get(404, path)
		s.until("its bytes are gone", func() bool { return s.nobody().try("GET", was, nil).status == 404 })
		ana.get(200, "/api/media/").is("results.*.id", []int64{second})
	}},
	{"AnonymousUploadsAreReadById", func(s *story) { // decision D2
		path := at("/api/media/%d/", s.nobody().uploaded())
		s.nobody().get(200, path).is("kind", "image")
		s.nobody().patch(401, path, j{"name": "x"})
		s.nobody().delete(401, path)
		s.nobody().get(401, "/api/media/")
	}},
	{"PrivateFilesAreReadByTheirLinkAlone", func(s *story) {
		ana, beto := s.someone("consumer"), s.someone("specialist")
		got := ana.send(201, "/api/media/", "image", "titulo.png", s.picture(), "folder", "verification").is("private", true)
		path, link := at("/api/media/%d/", got.id("id")), got.text("url")
		require.Contains(s, link, "/media/private/")
		s.nobody().get(200, link)
		require.Contains(s, []int{403, 404}, s.nobody().try("GET", link[:strings.LastIndex(link, "/")-2]+"AA"+link[strings.LastIndex(link, "/"):], nil).status)
		ana.get(200, path)
		beto.get(404, path)
		s.nobody().get(404, path)
		s.staff(1).get(200, path)
	}},
	{"PiecesBecomeAFile", func(s *story) {
		ana, beto := s.someone("consumer"), s.someone("specialist")
		sound := string(s.sound(150_000))
		options := s.nobody().try("OPTIONS", "/api/media/uploads/", nil)
		require.Contains(s, options.header.Get("Tus-Extension"), "checksum")
		name := base64.StdEncoding.EncodeToString([]byte("gallo.wav"))
		made := ana.post(201, "/api/media/uploads/", nil, tus("Upload-Length", "150000", "Upload-Metadata", "filename "+name+",folder "+base64.StdEncoding.EncodeToString([]byte("chat")))...)
		path := made.header.Get("Location")
		require.NotEmpty(s, path)
		for offset := 0; offset < len(sound); offset += 50_000 {
			require.Equal(s, fmt.Sprint(offset), ana.try("HEAD", path, nil, tus()...).header.Get("Upload-Offset"))
			ana.patch(204, path, sound[offset:offset+50_000], tus("Content-Type", "application/offset+octet-stream", "Upload-Offset", fmt.Sprint(offset))...)
		}
		got := ana.get(200, path).is("offset", 150_000, "media.name", "gallo.wav", "media.kind", "audio")
		require.Equal(s, sound, s.nobody().get(200, got.text("media.url")).raw)
		ana.patch(409, path, "x", tus("Content-Type", "application/offset+octet-stream", "Upload-Offset", "150000")...)
		beto.get(404, path)
	}},
	{"AnUploadIsGivenUp", func(s *story) {
		ana := s.someone("consumer")
		path := ana.post(201, "/api/media/uploads/", nil, tus("Upload-Length", "10")...).header.Get("Location")
		require.Equal(s, 204, ana.try("DELETE", path, nil, tus()...).status)
		require.Contains(s, []int{404, 410}, ana.try("HEAD", path, nil, tus()...).status)
		require.Contains(s, []int{401}, s.nobody().try("POST", "/api/media/uploads/", nil, tus("Upload-Length", "10")...).status)
	}},
}
