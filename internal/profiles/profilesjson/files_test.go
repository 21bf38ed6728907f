package profilesjson_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
	"agrovet/internal/media/mediatest"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/profilesjson"
)

// counted is media that counts what it is asked.
type counted struct {
	*mediatest.Fake
	objects, links [][]int64
}

func (c *counted) Objects(ctx context.Context, ids ...int64) (map[int64]media.Object, error) {
	c.objects = append(c.objects, ids)
	return c.Fake.Objects(ctx, ids...)
}

func (c *counted) Links(ctx context.Context, ids ...int64) (map[int64]string, error) {
	c.links = append(c.links, ids)
	return c.Fake.Links(ctx, ids...)
}

func library() *counted {
	f := &mediatest.Fake{}
	for _, id := range []int64{3, 30, 31} {
		f.Put(media.Object{ID: id, Kind: media.Image})
	}
	for _, id := range []int64{40, 42} {
		f.Put(media.Object{ID: id, Kind: media.Document, Private: true})
	}
	return &counted{Fake: f}
}

func TestAPageAsksMediaOnce(t *testing.T) {
	m := library()
	mine, others := profilesjson.NewSpecialist(ana, "Ana", true), profilesjson.NewSpecialist(ana, "Ana", false)
	shop := profilesjson.NewBusinessman(profiles.Businessman{ProductIDs: []int64{3, 404}}, "Luis")
	require.NoError(t, profilesjson.Illustrate(t.Context(), m, &mine, &others, &shop))

	require.Equal(t, [][]int64{{31, 30, 31, 30, 3, 404}}, m.objects)
	require.Equal(t, [][]int64{{40, 42}}, m.links, "only those that the reader may see")
	require.Equal(t, []string{"/media/media/31.jpg", "/media/media/30.jpg"}, others.WorkImages)
	require.EqualValues(t, 30, others.WorkImagesFull[1].ID)
	require.Equal(t, "/media/private/40/signed", *mine.VerificationTitleURL)
	require.Nil(t, mine.VerificationStudentCardURL)
	require.Nil(t, others.VerificationTitleURL)
	require.Equal(t, []string{"/media/media/3.jpg"}, shop.ProductsAndServices, "what is gone is left out")
	require.Len(t, shop.ProductsAndServicesAll, 1)
}

func TestProfilesAreShownWithoutMedia(t *testing.T) {
	s := profilesjson.NewSpecialist(ana, "Ana", true)
	bare := jsonOf(t, s)
	require.NoError(t, profilesjson.Illustrate(t.Context(), nil, &s))
	require.JSONEq(t, bare, jsonOf(t, s))

	m, away := library(), errors.New("away")
	m.Fail(away)
	require.ErrorIs(t, profilesjson.Illustrate(t.Context(), m, &s), away)
	require.JSONEq(t, bare, jsonOf(t, s))
}

func TestNothingToShowAsksNothing(t *testing.T) {
	m := library()
	s := profilesjson.NewSpecialist(profiles.Specialist{}, "", true)
	require.NoError(t, profilesjson.Illustrate(t.Context(), m, &s))
	require.Empty(t, m.objects)
	require.Empty(t, m.links)
}
