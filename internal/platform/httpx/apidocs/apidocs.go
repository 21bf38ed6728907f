// Package apidocs holds the pages that show the OpenAPI document to people, Swagger UI and ReDoc,
// and everything they load, so that they work without any other server. The libraries come from
// npm, compressed; refresh.sh fetches them anew.
package apidocs

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strings"
)

//go:embed assets/*.gz pages
var files embed.FS

// Policy is the Content-Security-Policy of the pages. ReDoc searches in a worker that it makes from
// a blob, and both style their elements from scripts.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; child-src blob:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Root is what the addresses of assets begin with.
const Root = "/apidocs/"

// Pages are the addresses of the pages.
var Pages = []string{"/swagger/", "/redoc/"}

// Site is the pages and what they load, by their addresses.
type Site struct {
	Pages  map[string][]byte // HTML
	Assets map[string]Asset
}

// Asset is a file that a page loads. Its address changes with its content, so it can be cached for
// ever.
type Asset struct {
	Type string
	Gzip []byte
}

// Load reads the pages and their assets. It fails only when the files in the binary do.
func Load() (Site, error) {
	site := Site{Pages: map[string][]byte{}, Assets: map[string]Asset{}}
	addresses, err := site.loadAssets()
	if err != nil {
		return site, fmt.Errorf("apidocs: %w", err)
	}
	fill := strings.NewReplacer(addresses...)
	for _, page := range Pages {
		html, err := files.ReadFile("pages/" + strings.Trim(page, "/") + ".html")
		if err != nil {
			return site, fmt.Errorf("apidocs: %w", err)
		}
		site.Pages[page] = []byte(fill.Replace(string(html)))
	}
	return site, nil
}

// loadAssets returns what pages call the assets, each followed by its address.
func (s Site) loadAssets() (addresses []string, err error) {
	for name, kind := range map[string]string{
		"assets/swagger-ui.css.gz": "text/css; charset=utf-8", "assets/swagger-ui-bundle.js.gz": "text/javascript; charset=utf-8",
		"assets/favicon-32x32.png.gz": "image/png", "assets/redoc.standalone.js.gz": "text/javascript; charset=utf-8",
		"pages/swagger-start.js": "text/javascript; charset=utf-8", "pages/redoc.css": "text/css; charset=utf-8",
	} {
		content, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if !strings.HasSuffix(name, ".gz") {
			content = compress(content)
		}
		plain := strings.TrimSuffix(path.Base(name), ".gz")
		sum := sha256.Sum256(content)
		address := Root + hex.EncodeToString(sum[:6]) + "/" + plain
		s.Assets[address] = Asset{kind, content}
		addresses = append(addresses, "{{"+plain+"}}", address)
	}
	return addresses, nil
}

func compress(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b) // a buffer takes everything
	_ = z.Close()
	return out.Bytes()
}

// Plain is the asset's content, for the rare client that does not take gzip.
func (a Asset) Plain() ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(a.Gzip))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
