package blob

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
)

// S3 keeps blobs in a bucket of an S3-compatible service. A request is tried three times, and ends
// when nothing has moved for 30 seconds, so that every method comes to an end without a deadline.
type S3 struct {
	client *minio.Client
	bucket string
	folder string // what object names begin with; empty, or with a trailing slash
	signed bool   // bodies are signed where no TLS protects them; not with pathTransport
}

var _ Store = (*S3)(nil)

const (
	tries      = 3
	maxSingle  = 32 << 20 // bytes that go in one request; larger blobs go in parts, which can be tried again alone
	partSize   = 8 << 20  // a Put of parts holds one in memory; 10,000 may be in a blob
	checkLimit = 10 * time.Second
)

// NewS3 makes a store; it does not speak to the service yet. Errors: the configuration is wrong.
func NewS3(c S3Config) (*S3, error) { return newS3(c, patience) }

func newS3(c S3Config, patience time.Duration) (*S3, error) {
	endpoint, err := parseEndpoint(c.Endpoint)
	if err != nil {
		return nil, err
	}
	folder := strings.Trim(c.Prefix, "/")
	if err := checkAfter(folder); err != nil {
		return nil, fmt.Errorf("prefix: %w", err)
	}
	if folder != "" {
		folder += "/"
	}
	client, err := newClient(c, endpoint, patience)
	if err != nil {
		return nil, err
	}
	return &S3{client: client, bucket: c.Bucket, folder: folder, signed: endpoint.Path == ""}, nil
}

// Put implements Store. A service keeps what it got whole; parts of what it did not are removed.
func (s *S3) Put(ctx context.Context, key string, r io.Reader, size int64, h Headers) error {
	if err := checkKeys(key); err != nil {
		return err
	}
	src := newSource(ctx, r, size)
	_, err := s.client.PutObject(ctx, s.bucket, s.folder+key, src.rewindable(), size, minio.PutObjectOptions{
		ContentType: h.ContentType, CacheControl: h.CacheControl, ContentDisposition: h.Disposition,
		DisableMultipart: size <= maxSingle, PartSize: partSize, DisableContentSha256: !s.signed,
	})
	if src.failed != nil {
		return src.failed // the service's complaint only follows from it
	}
	return s3Error(err)
}

// Delete implements Store.
func (s *S3) Delete(ctx context.Context, keys ...string) error {
	if err := checkKeys(keys...); err != nil {
		return err
	}
	if len(keys) == 1 {
		err := s.client.RemoveObject(ctx, s.bucket, s.folder+keys[0], minio.RemoveObjectOptions{})
		return ignoreMissing(s3Error(err))
	}
	objects := make(chan minio.ObjectInfo, len(keys))
	for _, key := range keys {
		objects <- minio.ObjectInfo{Key: s.folder + key}
	}
	close(objects)
	var first error
	for failed := range s.client.RemoveObjects(ctx, s.bucket, objects, minio.RemoveObjectsOptions{}) {
		if err := ignoreMissing(s3Error(failed.Err)); first == nil {
			first = err
		}
	}
	return first
}

// List implements Store. What others have put into the bucket under names that are no keys is left out.
func (s *S3) List(ctx context.Context, after string, limit int) (entries []Entry, err error) {
	if err := checkAfter(after); err != nil {
		return nil, err
	}
	options := minio.ListObjectsOptions{Prefix: s.folder, Recursive: true, MaxKeys: min(limit, 1000), FetchOwner: new(bool)}
	if after != "" {
		options.StartAfter = s.folder + after
	}
	for object := range s.client.ListObjectsIter(ctx, s.bucket, options) {
		if object.Err != nil {
			return nil, s3Error(object.Err)
		}
		if len(entries) >= limit {
			break
		}
		if key := strings.TrimPrefix(object.Key, s.folder); checkKeys(key) == nil {
			entries = append(entries, Entry{Key: key, Modified: object.LastModified})
		}
	}
	return entries, ctx.Err() // the iterator just ends when ctx does
}

// Check implements Store: it asks whether the bucket is there.
func (s *S3) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	found, err := s.client.BucketExists(ctx, s.bucket)
	if err == nil && !found {
		return fmt.Errorf("blob: there is no bucket %q", s.bucket)
	}
	return s3Error(err)
}
