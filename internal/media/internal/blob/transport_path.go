package blob

import (
	"net/http"

	"github.com/minio/minio-go/v7/pkg/signer"
)

// pathTransport is for services that live under a path of their host, such as Supabase's. minio-go
// knows hosts alone. The signature covers the path, so every request is signed anew; its body's own
// signatures (STREAMING-AWS4-HMAC-SHA256-PAYLOAD) would depend on the old one: send none.
type pathTransport struct {
	next                      http.RoundTripper
	path                      string // with a leading slash, without a trailing one
	region, accessKey, secret string
}

func (t pathTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.URL.Path, req.URL.RawPath = t.path+req.URL.Path, ""
	req.Header.Del("Authorization")
	return t.next.RoundTrip(signer.SignV4(*req, t.accessKey, t.secret, "", t.region))
}
