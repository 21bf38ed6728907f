package blob_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/blob/blobtest"

	"github.com/minio/minio-go/v7"
	"github.com/stretchr/testify/require"
)

func newS3(t *testing.T, c blob.S3Config) *blob.S3 {
	t.Helper()
	s, err := blob.NewS3(c)
	require.NoError(t, err)
	return s
}

// inFolder is a store in a folder of its own, so that tests share a service.
func inFolder(t *testing.T, c blob.S3Config) *blob.S3 {
	t.Helper()
	c.Prefix = t.Name()
	return newS3(t, c)
}

func TestS3IsAStore(t *testing.T) {
	server := blobtest.S3Server(t)
	blobtest.TestStore(t, func(t *testing.T) blob.Store { return inFolder(t, server.Config()) })
}

func TestS3WithoutAPrefixHasTheBucket(t *testing.T) {
	server := blobtest.S3Server(t)
	s := newS3(t, server.Config())
	put(t, s, "a/b", "x")
	put(t, inFolder(t, server.Config()), "c", "y")
	requireKeys(t, s, t.Name()+"/c", "a/b")
	requireKeys(t, inFolder(t, server.Config()), "c")
	require.Equal(t, "y", get(t, s, t.Name()+"/c"))
}

func TestS3ListsOnlyWhatItMayHaveWritten(t *testing.T) {
	server := blobtest.S3Server(t)
	s := inFolder(t, server.Config())
	for _, name := range []string{"/with space", "/.hidden", "/a/", "-and-more/x"} {
		nothing := strings.NewReader("") // which can be sent again: the server may close a connection between requests
		_, err := server.Client().PutObject(t.Context(), server.Config().Bucket, t.Name()+name, nothing, 0, minio.PutObjectOptions{})
		require.NoError(t, err)
	}
	put(t, s, "z", "x")
	requireKeys(t, s, "z")
}

func TestS3SendsHeaders(t *testing.T) {
	server := blobtest.S3Server(t)
	s := newS3(t, server.Config())
	for key, size := range map[string]int64{"small": 3, "in-parts": blob.MaxSingle + 1} {
		h := blob.Headers{ContentType: "image/jpeg", CacheControl: "public, max-age=5", Disposition: `inline; filename="a.jpg"`}
		require.NoError(t, s.Put(t.Context(), key, io.LimitReader(zeros{}, size), size, h))
		info, err := server.Client().StatObject(t.Context(), server.Config().Bucket, key, minio.StatObjectOptions{})
		require.NoError(t, err)
		require.Equal(t, h.ContentType, info.ContentType)
		require.Equal(t, h.CacheControl, info.Metadata.Get("Cache-Control"))
		require.Equal(t, h.Disposition, info.Metadata.Get("Content-Disposition"))
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestS3KeepsLargeBlobsInParts(t *testing.T) {
	s := newS3(t, blobtest.S3Server(t).Config())
	content := make([]byte, blob.MaxSingle+blob.PartSize/2)
	_, _ = rand.NewChaCha8([32]byte{}).Read(content)
	require.NoError(t, s.Put(t.Context(), "large", bytes.NewReader(content), int64(len(content)), blob.Headers{}))
	b, err := s.Open(t.Context(), "large")
	require.NoError(t, err)
	defer b.Close()
	read, err := io.ReadAll(b)
	require.NoError(t, err)
	require.True(t, bytes.Equal(content, read), "the bytes differ")
}

func TestS3LeavesNoPartsOfAFailedPut(t *testing.T) {
	server := blobtest.S3Server(t)
	s := newS3(t, server.Config())
	for _, want := range []error{errors.New("gone"), io.ErrUnexpectedEOF} {
		r := io.MultiReader(io.LimitReader(zeros{}, 2*blob.PartSize+1), iotest.ErrReader(want))
		require.ErrorIs(t, s.Put(t.Context(), "large", r, blob.MaxSingle+1, blob.Headers{}), want)
	}
	requireKeys(t, s)
	for upload := range server.Client().ListIncompleteUploads(t.Context(), server.Config().Bucket, "", true) {
		require.Fail(t, "a part is left", "%v", upload)
	}
}

func TestS3DoesNotTakeAMissingBucketForAMissingBlob(t *testing.T) {
	c := blobtest.S3Server(t).Config()
	c.Bucket = "other"
	s := newS3(t, c)
	require.ErrorContains(t, s.Check(t.Context()), "other")
	_, err := s.Open(t.Context(), "a")
	require.Error(t, err)
	require.NotErrorIs(t, err, blob.ErrNotFound)
	require.Error(t, s.Put(t.Context(), "a", strings.NewReader("x"), 1, blob.Headers{}))
	require.Error(t, s.Delete(t.Context(), "a", "b"))
	_, err = s.List(t.Context(), "", 1)
	require.Error(t, err)
}

func TestS3RefusesStrangers(t *testing.T) {
	c := blobtest.S3Server(t).Config()
	c.SecretKey = "guessed"
	s := newS3(t, c)
	require.Error(t, s.Check(t.Context()))
	_, err := s.Open(t.Context(), "a")
	require.Error(t, err)
	require.NotErrorIs(t, err, blob.ErrNotFound)
}

func TestS3ComesBackWithItsService(t *testing.T) {
	server := blobtest.S3Server(t)
	s := newS3(t, server.Config())
	put(t, s, "a", "x")
	server.Stop()
	require.Error(t, s.Check(t.Context()))
	require.Error(t, s.Put(t.Context(), "b", strings.NewReader("y"), 1, blob.Headers{}))
	_, err := s.Open(t.Context(), "a")
	require.Error(t, err)
	require.NotErrorIs(t, err, blob.ErrNotFound)
	server.Start()
	require.NoError(t, s.Check(t.Context()))
	requireKeys(t, s, "a")
	put(t, s, "b", "y")
	require.Equal(t, "x", get(t, s, "a"))
}

func TestS3AnswersThatMeanFull(t *testing.T) {
	for _, answer := range []minio.ErrorResponse{
		{Code: "EntityTooLarge", StatusCode: http.StatusBadRequest}, {Code: "XMinioStorageFull", StatusCode: http.StatusInsufficientStorage},
		{Code: "QuotaExceeded", StatusCode: http.StatusForbidden}, {Code: "507 Insufficient Storage", StatusCode: http.StatusInsufficientStorage},
		{Code: "XMinioAdminBucketQuotaExceeded", StatusCode: http.StatusBadRequest},
	} {
		require.ErrorIs(t, blob.S3Error(answer), blob.ErrFull, answer.Code)
		require.ErrorIs(t, blob.S3Error(answer), answer)
	}
	require.NotErrorIs(t, blob.S3Error(minio.ErrorResponse{Code: "AccessDenied", StatusCode: http.StatusForbidden}), blob.ErrFull)
	require.NoError(t, blob.S3Error(nil))
}

func TestS3ConfigurationsThatAreWrong(t *testing.T) {
	for _, endpoint := range []string{"", "s3.example.com", "ftp://s3.example.com", "https://", "https://u:p@example.com", "https://example.com?a=b", ":"} {
		_, err := blob.NewS3(blob.S3Config{Endpoint: endpoint, Bucket: "b"})
		require.Error(t, err, endpoint)
		require.NotContains(t, err.Error(), "u:p@")
	}
	_, err := blob.NewS3(blob.S3Config{Endpoint: "https://example.com", Bucket: "b", Prefix: "../up"})
	require.ErrorIs(t, err, blob.ErrKey)
}
