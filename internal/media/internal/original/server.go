package original

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// server is files that are read by HTTP. It is the only host that is asked: the original's addresses, and redirections,
// were written by members, who must not have the import look around in the operator's network.
type server struct {
	base   *url.URL
	client *http.Client
}

const redirects = 5

func newServer(location string) (source, error) {
	base, err := url.Parse(location)
	if err != nil {
		return nil, err
	}
	if base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, errors.New("not the URL of a server, such as https://files.example/media/")
	}
	base.Path = withSlash(base.Path)
	s := server{base: base}
	s.client = &http.Client{
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
			TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 30 * time.Second, IdleConnTimeout: 30 * time.Second,
			MaxIdleConnsPerHost: 16, ForceAttemptHTTP2: true,
			DisableCompression: true, // bytes are taken as they are
		},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if !s.serves(r.URL) || len(via) > redirects {
				return errElsewhere
			}
			return nil
		},
	}
	return s, nil
}

func (s server) serves(address *url.URL) bool {
	return strings.EqualFold(address.Host, s.base.Host) && (address.Scheme == "https" || address.Scheme == s.base.Scheme)
}

func (s server) open(ctx context.Context, address *url.URL) (io.ReadCloser, int64, error) {
	if address.Host == "" {
		relative := *address
		address = s.base.JoinPath(relative.EscapedPath())
		address.RawQuery = relative.RawQuery
	}
	if !s.serves(address) {
		return nil, 0, errElsewhere
	}
	plain := *address
	plain.User, plain.Fragment = nil, "" // credentials that a member wrote are not sent
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, plain.String(), nil)
	if err != nil {
		return nil, 0, err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		if resp != nil {
			resp.Body.Close()
		}
		return nil, 0, err
	}
	if err := answered(resp.StatusCode); err != nil {
		resp.Body.Close()
		return nil, 0, err
	}
	return resp.Body, resp.ContentLength, nil
}

// answered reads a status. Services say in many ways that a file is not there, some with 400 or 403.
func answered(status int) error {
	switch {
	case status == http.StatusOK:
		return nil
	case status >= 400 && status < 500 && status != http.StatusRequestTimeout && status != http.StatusTooManyRequests:
		return errMissing
	}
	return fmt.Errorf("the server answered %d", status)
}
