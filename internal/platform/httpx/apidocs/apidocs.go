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
	"mime"
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

// Asset is a file that a page loads. Its address changes with its content, so it can be cached for
// ever.
type Asset struct {
	Path string // of its URL
	Type string
	Gzip []byte
}

// Page is one of the pages.
type Page struct {
	Path string // of its URL
	HTML []byte
}

// Load reads the pages and their assets. It fails only when the files in the binary do.
func Load() ([]Page, []Asset, error) {
	assets, err := loadAssets()
	if err != nil {
		return nil, nil, fmt.Errorf("apidocs: %w", err)
	}
	var addresses []string
	for _, a := range assets {
		addresses = append(addresses, "{{"+path.Base(a.Path)+"}}", a.Path)
	}
	fill := strings.NewReplacer(addresses...)
	var pages []Page
	for _, name := range []string{"swagger", "redoc"} {
		html, err := files.ReadFile("pages/" + name + ".html")
		if err != nil {
			return nil, nil, fmt.Errorf("apidocs: %w", err)
		}
		pages = append(pages, Page{"/" + name + "/", []byte(fill.Replace(string(html)))})
	}
	return pages, assets, nil
}

func loadAssets() ([]Asset, error) {
	var all []Asset
	for _, name := range []string{
		"assets/swagger-ui.css.gz", "assets/swagger-ui-bundle.js.gz", "assets/favicon-32x32.png.gz",
		"assets/redoc.standalone.js.gz", "pages/swagger-start.js", "pages/redoc.css",
	} {
		content, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if !strings.HasSuffix(name, ".gz") {
			content = compress(content)
		}
		all = append(all, asset(strings.TrimSuffix(path.Base(name), ".gz"), content))
	}
	return all, nil
}

func asset(name string, zipped []byte) Asset {
	sum := sha256.Sum256(zipped)
	return Asset{
		Path: "/apidocs/" + hex.EncodeToString(sum[:6]) + "/" + name,
		Type: mime.TypeByExtension(path.Ext(name)),
		Gzip: zipped,
	}
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
