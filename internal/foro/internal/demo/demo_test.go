package demo_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/demo"
	"agrovet/internal/profiles"
)

func TestThreadsAreWhatTheForumTakes(t *testing.T) {
	roles := []auth.Role{auth.Specialist, auth.Businessman, auth.Consumer}
	accepted := 0
	var check func(all []demo.Answer, depth int)
	check = func(all []demo.Answer, depth int) {
		for _, a := range all {
			require.Contains(t, roles, a.By)
			require.NotEmpty(t, a.Content)
			require.LessOrEqual(t, utf8.RuneCountInString(a.Content), foro.MaxComment)
			require.True(t, !a.Validated || a.By == auth.Specialist, a.Content)
			if a.Accepted {
				require.Zero(t, depth)
				accepted++
			}
			check(a.Replies, depth+1)
		}
	}
	for _, one := range demo.Threads() {
		require.Contains(t, roles, one.By)
		require.NotEmpty(t, one.Content)
		require.LessOrEqual(t, utf8.RuneCountInString(one.Title), foro.MaxTitle)
		require.LessOrEqual(t, len(one.Tags), foro.MaxTags)
		for _, s := range one.Species {
			require.Contains(t, profiles.Species, s)
		}
		check(one.Answers, 0)
	}
	require.Greater(t, accepted, 5)
}

func TestANumberIsOneText(t *testing.T) {
	m := demo.New()
	titles := map[string]bool{}
	for n := range uint64(200) {
		p := m.Post(n)
		require.Equal(t, p, demo.New().Post(n))
		require.Equal(t, m.Comment(n), demo.New().Comment(n))
		require.Equal(t, strings.HasPrefix(p.Title, "¿"), strings.HasSuffix(p.Title, "?"), p.Title)
		require.LessOrEqual(t, utf8.RuneCountInString(p.Title), foro.MaxTitle)
		require.False(t, slices.Contains(strings.Split(p.Content, " "), ""), p.Content)
		titles[p.Title] = true
	}
	require.Greater(t, len(titles), 150)
}

func TestNothingIsLeftWithoutEverything(t *testing.T) {
	_, ok := demo.New().Without(func(string) bool { return true })
	require.False(t, ok)
	less, ok := demo.New().Without(func(text string) bool { return strings.Contains(strings.ToLower(text), "vaca") })
	require.True(t, ok)
	for n := range uint64(200) {
		p := less.Post(n)
		require.NotContains(t, strings.ToLower(p.Title+p.Content+less.Comment(n)), "vaca")
	}
}
