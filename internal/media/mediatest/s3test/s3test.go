// Package s3test lends tests of the whole program a real S3-compatible server.
package s3test

import (
	"testing"

	"agrovet/internal/media/internal/blob/blobtest"
)

// Flags starts a server on the loopback that ends with the test, and returns the flags with which
// agrovet keeps its files there.
func Flags(t testing.TB) []string {
	t.Helper()
	c := blobtest.S3Server(t).Config()
	return []string{"--media-store=s3", "--media-s3-endpoint=" + c.Endpoint, "--media-s3-region=" + c.Region,
		"--media-s3-bucket=" + c.Bucket, "--media-s3-access-key=" + c.AccessKey, "--media-s3-secret-key=" + c.SecretKey}
}
