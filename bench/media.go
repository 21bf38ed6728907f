package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

const mediaPath = "/api/media/"

// uploaded is an object that a member has sent.
type uploaded struct {
	ID  int64  `json:"id"`
	URL string `json:"url"`
}

// form is a multipart body with one file.
func form(name string, file []byte) (body []byte, contentType string) {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(file)
	}
	if err = errors.Join(err, m.Close()); err != nil {
		panic(err) // memory takes it
	}
	return b.Bytes(), m.FormDataContentType()
}

// upload sends a file as the member.
func (c *community) upload(ctx context.Context, by member, name string, file []byte) (o uploaded, err error) {
	body, contentType := form(name, file)
	conn, err := dial(ctx, c.product.address, time.Minute)
	if err != nil {
		return o, err
	}
	defer conn.close()
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n",
		mediaPath, by.token, contentType, len(body))
	status, err := conn.do(append([]byte(head), body...))
	if err == nil && status != http.StatusCreated {
		err = fmt.Errorf("upload: status %d: %.300s", status, conn.body)
	}
	if err != nil {
		return o, err
	}
	return o, json.Unmarshal(conn.body, &o)
}

// sound is a WAV recording of noise.
func sound(size int, seed uint64) []byte {
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x00\x00\x00\x00")
	for at, n := range map[int]int{4: size - 8, 40: size - len(b)} {
		b[at], b[at+1], b[at+2], b[at+3] = byte(n), byte(n>>8), byte(n>>16), byte(n>>24)
	}
	r := rand.New(rand.NewPCG(seed, 1))
	for len(b) < size {
		b = append(b, byte(r.Uint32()))
	}
	return b
}

// measureObjects reads the data of 20 objects in one batch.
func measureObjects(ctx context.Context, h *house) ([]row, error) {
	if err := h.settle(ctx); err != nil {
		return nil, err
	}
	c := h.community
	owner := c.members[1]
	for i := range 20 {
		if _, err := c.upload(ctx, owner, "gallo.wav", sound(2000, uint64(i))); err != nil {
			return nil, err
		}
	}
	if err := h.asOwner(ctx, "vacuum analyze media.object", "vacuum analyze media.file"); err != nil {
		return nil, err
	}
	signed := func(int) []byte { return get(mediaPath, owner.token) }
	plain := func(int) []byte { return get(mediaPath+"?owner="+strconv.FormatInt(owner.id, 10), "") }
	if err := h.sameWork(ctx, signed(0), plain(0)); err != nil {
		return nil, err
	}
	d, err := byTurns(h.rounds, throughput(ctx, reading(c.product, signed)), throughput(ctx, reading(c.bare, plain)))
	return []row{{
		what: "GET 20 media objects, against a bare handler with the same SQL", measured: perSecond(d.product), peer: perSecond(d.peer),
		rounds: d.ratios, limit: atLeast(0.7),
	}}, err
}

// measureDownload reads a file of 100 KB.
func measureDownload(ctx context.Context, h *house) ([]row, error) {
	if err := h.settle(ctx); err != nil {
		return nil, err
	}
	c := h.community
	o, err := c.upload(ctx, c.members[2], "gallo.wav", sound(100_000, 100))
	if err != nil {
		return nil, err
	}
	address, err := url.Parse(o.URL)
	if err != nil {
		return nil, err
	}
	request := func(int) []byte { return get(address.Path, "") }
	d, err := byTurns(h.rounds, throughput(ctx, reading(c.product, request)), throughput(ctx, reading(c.bare, request)))
	return []row{{
		what: "GET a file of 100 KB, against a bare file server", measured: perSecond(d.product), peer: perSecond(d.peer),
		rounds: d.ratios, limit: atLeast(0.7),
	}}, err
}

// photograph is 12 megapixels like a camera's: smooth shapes with some noise.
func photograph(seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 2))
	m := image.NewYCbCr(image.Rect(0, 0, 4000, 3000), image.YCbCrSubsampleRatio420)
	for y := range 3000 {
		for x := range 4000 {
			m.Y[y*m.YStride+x] = byte(60 + (x+int(seed)*97)/40%80 + y/30%60 + r.IntN(9))
		}
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = byte(100+i/9000%40), byte(120+i/7000%30)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 85}); err != nil {
		panic(err) // memory takes it
	}
	return b.Bytes()
}

// measureRenditions is how many photos a core makes smaller in a second, one after the other, against
// only decoding them.
func measureRenditions(ctx context.Context, h *house) ([]row, error) {
	if err := h.settle(ctx); err != nil {
		return nil, err
	}
	conn, err := h.owner(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	seed := uint64(0)
	photo := func() []byte { seed++; return photograph(seed) }
	d, err := byTurns(h.rounds,
		func() (float64, error) { return h.renditions(ctx, conn, photo()) },
		func() (float64, error) { return decoding(photo()) })
	return []row{{
		what: "renditions of a 12 MP photo per core, against decoding it", measured: fmt.Sprintf("%.1f/s", d.product),
		peer: fmt.Sprintf("%.1f/s", d.peer), rounds: d.ratios,
	}}, err
}

// renditions is one over the seconds from the upload's answer to the last copy.
func (h *house) renditions(ctx context.Context, conn *pgx.Conn, photo []byte) (float64, error) {
	if _, err := h.community.upload(ctx, h.community.members[3], "vaca.jpg", photo); err != nil {
		return 0, err
	}
	begun := time.Now()
	for time.Since(begun) < time.Minute {
		var pending int
		if err := conn.QueryRow(ctx, "select count(*) from media.file where state = 'pending'").Scan(&pending); err != nil {
			return 0, err
		}
		if pending == 0 {
			return 1 / time.Since(begun).Seconds(), nil
		}
		time.Sleep(5 * time.Millisecond)
	}
	return 0, errors.New("renditions: not made within a minute")
}

func decoding(photo []byte) (float64, error) {
	begun := time.Now()
	_, err := jpeg.Decode(bytes.NewReader(photo))
	return 1 / time.Since(begun).Seconds(), err
}

const (
	slowUploads = 200
	slowSent    = 96 << 10 // bytes that each has sent before it hesitates
	slowWhole   = 1 << 20  // bytes that it has announced
)

// measureSlowUploads is the memory that 200 uploads at once take which have all sent a part of their
// file and hesitate: half of them by form, half in pieces.
func measureSlowUploads(ctx context.Context, h *house) ([]row, error) {
	if err := h.settle(ctx); err != nil {
		return nil, err
	}
	before, err := h.community.product.memory()
	if err != nil {
		return nil, err
	}
	var open []*client
	defer func() {
		for _, c := range open {
			c.close()
		}
	}()
	for i := range slowUploads {
		c, err := h.hesitate(ctx, i)
		if err != nil {
			return nil, err
		}
		open = append(open, c)
	}
	time.Sleep(time.Second) // until the last bytes are read
	during, err := h.community.product.memory()
	kib := (during - before) * 1024 / slowUploads
	return []row{{
		what: fmt.Sprintf("memory of each of %d slow uploads", slowUploads), measured: fmt.Sprintf("%.0f KiB", kib),
		peer: "–", rounds: []float64{kib}, unit: " KiB",
	}}, err
}

// hesitate begins an upload and leaves it in the middle.
func (h *house) hesitate(ctx context.Context, n int) (*client, error) {
	c, err := dial(ctx, h.community.product.address, 2*time.Minute)
	if err != nil {
		return nil, err
	}
	by := h.community.members[10+n/20] // who may have so many under way
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token %s\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n"+
		"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n", mediaPath, by.token, slowWhole)
	if n%2 == 1 {
		path, err := begin(c, by)
		if err != nil {
			return nil, errors.Join(err, c.conn.Close())
		}
		head = fmt.Sprintf("PATCH %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token %s\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"+
			"Content-Type: application/offset+octet-stream\r\nContent-Length: %d\r\n\r\n", path, by.token, slowWhole)
	}
	_, err = c.conn.Write(append([]byte(head), sound(slowSent, uint64(n))...))
	return c, err
}

// begin begins an upload in pieces and returns its path.
func begin(c *client, by member) (string, error) {
	name := base64.StdEncoding.EncodeToString([]byte("a.wav"))
	request := fmt.Sprintf("POST %suploads/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token %s\r\nTus-Resumable: 1.0.0\r\nUpload-Length: %d\r\nUpload-Metadata: filename %s\r\nContent-Length: 0\r\n\r\n",
		mediaPath, by.token, slowWhole, name)
	if _, err := c.conn.Write([]byte(request)); err != nil {
		return "", err
	}
	res, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	address, err := url.Parse(res.Header.Get("Location"))
	if err == nil && !strings.HasPrefix(address.Path, mediaPath) {
		err = fmt.Errorf("begin: status %d", res.StatusCode)
	}
	if err != nil {
		return "", err
	}
	return address.Path, nil
}
