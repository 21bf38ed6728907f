package mediatest

import (
	"testing"

	"agrovet/internal/media/internal/blob/blobtest"
)

// Bucket is how to reach an empty bucket of an S3-compatible service that dies with the test.
type Bucket struct{ Endpoint, Name, AccessKey, SecretKey string }

// S3Bucket starts the service.
func S3Bucket(t testing.TB) Bucket {
	c := blobtest.S3Server(t).Config()
	return Bucket{c.Endpoint, c.Bucket, c.AccessKey, c.SecretKey}
}
