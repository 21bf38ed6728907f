package blob

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/minio/minio-go/v7"
)

// Open implements Store. The bytes come with the first Read, from where Seek has gone until then.
func (s *S3) Open(ctx context.Context, key string) (Blob, error) {
	if err := checkKeys(key); err != nil {
		return nil, err
	}
	return s.OpenNamed(ctx, key)
}

// OpenNamed is Open for what others have put there, under names that need not be keys.
func (s *S3) OpenNamed(ctx context.Context, name string) (Blob, error) {
	name = s.folder + name
	info, err := s.client.StatObject(ctx, s.bucket, name, minio.StatObjectOptions{})
	if err = s3Error(err); errors.Is(err, ErrNotFound) {
		// The answer to HEAD does not say what is not there. Nobody may take a bucket that is away for
		// a blob that is gone.
		if away := s.Check(ctx); away != nil {
			return nil, away
		}
	}
	if err != nil {
		return nil, err
	}
	return &s3Blob{ctx: ctx, store: s, name: name, info: info}, nil
}

// s3Blob reads an object by range requests, one for each stretch that is read.
type s3Blob struct {
	ctx    context.Context
	store  *S3
	name   string
	info   minio.ObjectInfo
	offset int64         // where the next Read begins
	body   io.ReadCloser // what comes there; nil before the first Read and after a Seek
}

func (b *s3Blob) Size() int64         { return b.info.Size }
func (b *s3Blob) Modified() time.Time { return b.info.LastModified }

func (b *s3Blob) Read(p []byte) (n int, err error) {
	if b.offset >= b.info.Size {
		return 0, io.EOF
	}
	if b.body == nil {
		if b.body, err = b.request(); err != nil {
			return 0, s3Error(err)
		}
	}
	n, err = b.body.Read(p)
	b.offset += int64(n)
	if errors.Is(err, io.EOF) && b.offset < b.info.Size {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// request asks for everything from offset on.
func (b *s3Blob) request() (io.ReadCloser, error) {
	var options minio.GetObjectOptions
	if b.offset > 0 {
		if err := options.SetRange(b.offset, 0); err != nil {
			return nil, err
		}
	}
	body, _, header, err := minio.Core{Client: b.store.client}.GetObject(b.ctx, b.store.bucket, b.name, options)
	if err == nil && b.offset > 0 && header.Get("Content-Range") == "" {
		return nil, errors.Join(errors.New("blob: the service does not know ranges"), body.Close())
	}
	return body, err
}

func (b *s3Blob) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += b.offset
	case io.SeekEnd:
		offset += b.info.Size
	}
	if offset < 0 {
		return 0, errors.New("blob: seek before the beginning")
	}
	if offset == b.offset {
		return offset, nil
	}
	b.offset = offset
	return offset, b.Close()
}

// Close ends the request under way, if there is one.
func (b *s3Blob) Close() error {
	if b.body == nil {
		return nil
	}
	body := b.body
	b.body = nil
	return body.Close()
}
