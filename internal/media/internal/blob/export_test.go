package blob

// NewS3WithPatience is NewS3 for tests that do not wait half a minute.
var NewS3WithPatience = newS3

// CheckKey says whether a key is one.
func CheckKey(key string) error { return checkKeys(key) }

// DiskError is how the disk's errors are told.
var DiskError = diskError

// S3Error is how a service's errors are told.
var S3Error = s3Error

// The names of the disk store's own directory and the sizes at which S3 goes other ways.
const (
	TempDir   = tempDir
	MaxSingle = maxSingle
	PartSize  = partSize
)
