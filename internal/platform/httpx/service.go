package httpx

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v5"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// ServiceCredential is the Authorization header of another process of this installation, which calls itself
// name and knows the secret. The secret itself is not sent.
func ServiceCredential(name, secret string) string {
	return "Service " + name + ":" + serviceKey(secret)
}

func serviceKey(secret string) string {
	sum := sha256.Sum256([]byte("agrovet service " + secret))
	return hex.EncodeToString(sum[:])
}

// Internal registers a POST that other processes of this installation send ([Service]): it is not in the
// API's documentation. limit is the time that it may take; 0: the server's.
func (s *Server) Internal(path string, limit time.Duration, handler echo.HandlerFunc) {
	s.mustBeSound(Route{Method: http.MethodPost, Path: path, Access: Service})
	s.Raw(http.MethodPost, path, Service, handler)
	if limit > 0 {
		s.timeouts[endpoint{http.MethodPost, echoPath(path)}] = limit
	}
}

// service is the process that signs the request; tries is false when it does not say that it is one.
// Without Config.ServiceSecret nobody is.
//
// Errors: errs.ErrTokenInvalid.
func (s *Server) service(req *http.Request) (p authn.Principal, tries bool, err error) {
	scheme, credential, _ := strings.Cut(req.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Service") {
		return p, false, nil
	}
	name, key, _ := strings.Cut(credential, ":")
	right := s.serviceKey != "" && subtle.ConstantTimeCompare([]byte(key), []byte(s.serviceKey)) == 1
	if !right || name == "" {
		return p, true, errs.ErrTokenInvalid
	}
	return authn.Principal{Service: name}, true, nil
}
