package original

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"strings"

	"agrovet/internal/media/internal/blob"
)

// directory is files on disk. Nothing outside of it is read, whatever links there are.
type directory struct{ root *os.Root }

func newDirectory(path string) (source, error) {
	root, err := os.OpenRoot(path)
	return directory{root}, err
}

func (directory) serves(*url.URL) bool { return true }

func (d directory) open(_ context.Context, address *url.URL) (io.ReadCloser, int64, error) {
	name := strings.TrimLeft(address.Path, "/")
	if !fs.ValidPath(name) {
		return nil, 0, errMissing
	}
	f, err := d.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, errMissing
	}
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errMissing
	}
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// bucket is a folder of a bucket of an S3-compatible service.
type bucket struct{ store *blob.S3 }

func newBucket(location string, getenv func(string) string) (source, error) {
	name, prefix, _ := strings.Cut(location, "/")
	c := blob.S3Config{Bucket: name, Prefix: prefix, PathStyle: true}
	for key, into := range map[string]*string{"ENDPOINT": &c.Endpoint, "REGION": &c.Region, "ACCESS_KEY": &c.AccessKey, "SECRET_KEY": &c.SecretKey} {
		*into = getenv("ORIGINAL_FILES_S3_" + key)
	}
	if c.Endpoint == "" {
		return nil, errors.New("set ORIGINAL_FILES_S3_ENDPOINT to the URL of the bucket's service")
	}
	store, err := blob.NewS3(c)
	if err != nil {
		return nil, fmt.Errorf("bucket %s: %w", name, err)
	}
	return bucket{store}, nil
}

func (bucket) serves(*url.URL) bool { return true }

func (b bucket) open(ctx context.Context, address *url.URL) (io.ReadCloser, int64, error) {
	name := strings.TrimLeft(address.Path, "/")
	if name == "" {
		return nil, 0, errMissing
	}
	f, err := b.store.OpenNamed(ctx, name)
	if errors.Is(err, blob.ErrNotFound) {
		return nil, 0, errMissing
	}
	if err != nil {
		return nil, 0, err
	}
	return f, f.Size(), nil
}
