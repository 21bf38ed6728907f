package blob

import (
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3Config says where a bucket is.
type S3Config struct {
	Endpoint  string // URL of the service, which may have a path: https://xyz.supabase.co/storage/v1/s3
	Region    string // Defaults to us-east-1, which services without regions accept.
	Bucket    string // must be there
	Prefix    string // folder in the bucket that all keys are in; none when empty
	AccessKey string
	SecretKey string

	// PathStyle has the bucket in the URL's path rather than in the host's name, as most services other
	// than Amazon's want it. It always is there when Endpoint has a path or an IP address.
	PathStyle bool
}

func parseEndpoint(endpoint string) (*url.URL, error) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" {
		return nil, fmt.Errorf("blob: %q is not the URL of a service", u.Redacted())
	}
	u.Path = strings.TrimRight(u.Path, "/")
	return u, nil
}

func newClient(c S3Config, endpoint *url.URL, patience time.Duration) (*minio.Client, error) {
	if c.Region == "" {
		c.Region = "us-east-1"
	}
	secure := endpoint.Scheme == "https"
	transport, err := newTransport(secure, patience)
	if err != nil {
		return nil, err
	}
	if endpoint.Path != "" {
		transport = pathTransport{transport, endpoint.Path, c.Region, c.AccessKey, c.SecretKey}
	}
	lookup := minio.BucketLookupDNS
	if c.PathStyle || endpoint.Path != "" || net.ParseIP(endpoint.Hostname()) != nil {
		lookup = minio.BucketLookupPath
	}
	return minio.New(endpoint.Host, &minio.Options{
		Creds: credentials.NewStaticV4(c.AccessKey, c.SecretKey, ""), Secure: secure, Transport: transport,
		Region: c.Region, BucketLookup: lookup, MaxRetries: tries,
	})
}
