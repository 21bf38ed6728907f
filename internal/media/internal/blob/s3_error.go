package blob

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/minio/minio-go/v7"
)

// fullCodes are what services say when they take no more: Amazon and Supabase, MinIO, Ceph and versitygw.
var fullCodes = []string{minio.EntityTooLarge, "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "QuotaExceeded"}

// s3Error says in the package's words what a service answered.
func s3Error(err error) error {
	var answer minio.ErrorResponse
	switch {
	case !errors.As(err, &answer):
		return err
	case answer.Code == minio.NoSuchKey:
		return fmt.Errorf("%w: %w", ErrNotFound, err)
	case answer.StatusCode == http.StatusInsufficientStorage, slices.Contains(fullCodes, answer.Code):
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

func ignoreMissing(err error) error {
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}
