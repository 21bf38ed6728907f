package httpx

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/labstack/echo/v5"
)

// proxies are the networks whose word about the client is believed.
type proxies []netip.Prefix

func parseProxies(cidrs []string) (proxies, error) {
	var all proxies
	for _, cidr := range cidrs {
		p, err := netip.ParsePrefix(cidr)
		if err != nil {
			return nil, fmt.Errorf("http.trusted-proxies: %w", err)
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

// address says how to find the client's address.
func (p proxies) address() echo.IPExtractor {
	if len(p) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, prefix := range p {
		options = append(options, echo.TrustIPRange(&net.IPNet{
			IP: prefix.Addr().AsSlice(), Mask: net.CIDRMask(prefix.Bits(), prefix.Addr().BitLen())}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// origin is the scheme and host under which the client sees the server.
func (p proxies) origin(r *http.Request) (scheme, host string) {
	scheme, host = "http", r.Host
	if r.TLS != nil {
		scheme = "https"
	}
	if len(p) == 0 || !p.sent(r) {
		return scheme, host
	}
	if proto := last(r.Header, "X-Forwarded-Proto"); proto == "http" || proto == "https" {
		scheme = proto
	}
	if h := last(r.Header, "X-Forwarded-Host"); h != "" {
		host = h
	}
	return scheme, host
}

// sent says whether the request comes straight from one of the proxies.
func (p proxies) sent(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	for _, prefix := range p {
		if prefix.Contains(peer.Addr().Unmap()) {
			return true
		}
	}
	return false
}

// last is the value that the nearest proxy wrote.
func last(h http.Header, name string) string {
	values := h.Values(name)
	if len(values) == 0 {
		return ""
	}
	v := values[len(values)-1]
	return strings.TrimSpace(v[strings.LastIndexByte(v, ',')+1:])
}
