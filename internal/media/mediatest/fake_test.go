package mediatest_test

import (
	"testing"

	"agrovet/internal/media"
	"agrovet/internal/media/mediatest"
)

func TestFakeIsAService(t *testing.T) {
	mediatest.TestService(t, func(*testing.T) media.Service { return &mediatest.Fake{} })
}
