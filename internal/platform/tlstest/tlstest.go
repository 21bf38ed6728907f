// Package tlstest signs certificates for tests: as an authority that this process trusts, and as one that nobody knows.
package tlstest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// Authority signs certificates.
type Authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// Unknown is an authority that nobody trusts.
func Unknown(t testing.TB) *Authority {
	t.Helper()
	a := &Authority{key: newKey(t)}
	a.certificate = sign(t, a, &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "agrovet test"}, IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}, &a.key.PublicKey)
	return a
}

var trusted struct {
	once sync.Once
	*Authority
}

// Trusted is the authority that this process trusts, instead of the system's: there is one, since a process may choose once.
func Trusted(t testing.TB) *Authority {
	t.Helper()
	trusted.once.Do(func() {
		a := Unknown(t)
		pool := x509.NewCertPool()
		pool.AddCert(a.certificate)
		t.Setenv("GODEBUG", os.Getenv("GODEBUG")+",x509usefallbackroots=1") // else only where the system has none
		x509.SetFallbackRoots(pool)
		trusted.Authority = a
	})
	return trusted.Authority
}

// Dir is a directory of the test for SSL_CERT_DIR, with which a process trusts the authority besides the system's.
func (a *Authority) Dir(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	file := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Raw})
	if err := os.WriteFile(filepath.Join(dir, "ca.pem"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Server is the configuration of a server on 127.0.0.1.
func (a *Authority) Server(t testing.TB) *tls.Config {
	t.Helper()
	key := newKey(t)
	c := sign(t, a, &x509.Certificate{SerialNumber: big.NewInt(2), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}, &key.PublicKey)
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{c.Raw}, PrivateKey: key}}}
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// sign makes a certificate good for a day; an authority without one signs its own.
func sign(t testing.TB, a *Authority, c *x509.Certificate, of *ecdsa.PublicKey) *x509.Certificate {
	t.Helper()
	c.NotBefore, c.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(24*time.Hour)
	parent := a.certificate
	if parent == nil {
		parent = c
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, of, a.key)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}
