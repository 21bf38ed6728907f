package mediatest

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
)

// TestService runs the checks that every media.Service passes. newService makes one without objects.
func TestService(t *testing.T, newService func(t *testing.T) media.Service) {
	const ana, beto int64 = 1, 2
	t.Run("AnUploadIsTheOwnersAndCanBeAskedFor", func(t *testing.T) {
		s := newService(t)
		o := mustUpload(t, s, media.Upload{OwnerID: ana, Name: "vaca.png"}, picture(1))
		require.Equal(t, media.Image, o.Kind)
		require.Equal(t, ana, o.OwnerID)
		require.Equal(t, "vaca.png", o.Name)
		require.NotEmpty(t, o.URL)
		found, err := s.Objects(t.Context(), o.ID, o.ID+1000, o.ID)
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Equal(t, o.URL, found[o.ID].URL)
	})
	t.Run("NothingIsAskedForByNoIDs", func(t *testing.T) {
		s := newService(t)
		found, err := s.Objects(t.Context())
		require.NoError(t, err)
		require.Empty(t, found)
		links, err := s.Links(t.Context())
		require.NoError(t, err)
		require.Empty(t, links)
		require.NoError(t, s.Claim(t.Context(), ana))
	})
	t.Run("OnesOwnAndUnclaimedObjectsCanBeClaimed", func(t *testing.T) {
		s := newService(t)
		mine := mustUpload(t, s, media.Upload{OwnerID: ana}, picture(1))
		unclaimed := mustUpload(t, s, media.Upload{}, picture(2))
		theirs := mustUpload(t, s, media.Upload{OwnerID: beto}, picture(3))
		var not *media.NotOwned
		require.ErrorAs(t, s.Claim(t.Context(), ana, mine.ID, theirs.ID, unclaimed.ID), &not)
		require.Equal(t, []int64{theirs.ID}, not.IDs)
		require.NoError(t, s.Claim(t.Context(), beto, unclaimed.ID), "nothing was claimed by the refused call")
		require.ErrorAs(t, s.Claim(t.Context(), ana, unclaimed.ID), &not)
		require.NoError(t, s.Claim(t.Context(), ana, mine.ID))
	})
	t.Run("PrivateObjectsHaveLinksAndNoAddress", func(t *testing.T) {
		s := newService(t)
		private := mustUpload(t, s, media.Upload{OwnerID: ana, Folder: media.FolderVerification}, picture(1))
		public := mustUpload(t, s, media.Upload{OwnerID: ana}, picture(2))
		require.True(t, private.Private)
		require.Empty(t, private.URL)
		links, err := s.Links(t.Context(), private.ID, public.ID, public.ID+1000)
		require.NoError(t, err)
		require.Len(t, links, 1)
		require.NotEmpty(t, links[private.ID])
	})
	t.Run("AnEmptyFileIsRefused", func(t *testing.T) {
		_, err := newService(t).Upload(t.Context(), media.Upload{OwnerID: ana, Content: bytes.NewReader(nil)})
		require.ErrorIs(t, err, media.ErrEmpty)
	})
}

func mustUpload(t *testing.T, s media.Service, u media.Upload, file []byte) media.Object {
	t.Helper()
	u.Content, u.Size = bytes.NewReader(file), int64(len(file))
	o, err := s.Upload(t.Context(), u)
	require.NoError(t, err)
	return o
}

// picture is a small picture; another shade is another picture.
func picture(shade byte) []byte {
	m := image.NewGray(image.Rect(0, 0, 4, 4))
	m.Pix[0] = shade
	var b bytes.Buffer
	_ = png.Encode(&b, m) // memory takes it
	return b.Bytes()
}
