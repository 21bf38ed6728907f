package main

import (
	"context"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"
)

// posts are what the forum has more and more of.
var posts = growing{name: "foro-growth", rows: "posts", flag: "--posts", small: 10_000, large: 1_000_000,
	search: apiForo + "search/?q=", words: "foro.word", common: "saludos", old: "vaca", asked: askedOfPosts}

// measureForoGrowth compares the forum's reads.
func measureForoGrowth(ctx context.Context, h *house) ([]row, error) { return h.grow(ctx, posts) }

// foroSide is what there is to read in a database.
type foroSide struct {
	posts, communities []string // ids
}

func askedOfPosts(ctx context.Context, s *sizes) (w wants, err error) {
	var small, large foroSide
	for _, of := range []struct {
		side *side
		to   *foroSide
	}{{s.small, &small}, {s.large, &large}} {
		reader, err := demoReader(ctx, of.side.process, of.side.dsn)
		if err == nil {
			of.side.token = reader.token
			*of.to, err = toRead(ctx, of.side.dsn)
		}
		if err != nil {
			return w, err
		}
	}
	community := func(of foroSide) string { return apiPosts + "by-community/?id=" + one(of.communities) }
	thread := func(of foroSide) string { return apiPosts + one(of.posts) + "/" }
	each := func(path func(foroSide) string) func() (string, string) {
		return func() (string, string) { return path(small), path(large) }
	}
	search := func(texts []string) func() (string, string) {
		return both(func() string { return s.of.search + url.QueryEscape(one(texts)) })
	}
	return wants{
		grown: []grown{
			{"feed", atMost(1.5), alike(apiPosts + "feed/")},
			{"posts of a community", atMost(1.5), each(community)},
			{"relevant posts", atMost(1.5), alike(apiPosts + "relevant/")},
			{"list of posts", atMost(1.5), alike(apiPosts)},
			{"thread", atMost(1.5), each(thread)},
			{"notifications", atMost(1.5), alike(apiForo + "notifications/")},
			{"search for a word", atMost(5), search(foroWords)},
			{"search for several words", atMost(5), search(foroPhrases)},
			{"search for a mistyped word", atMost(5), search(foroMistyped)},
		},
		lists: []list{{"list of posts", apiPosts + "?cursor=*"}, {"list of a large community", apiPosts + "by-community/?cursor=*&id=" + large.communities[0]}},
	}, nil
}

// toRead finds what is read in a database: posts with some comments, anywhere in it, and the communities with most
// posts, the largest first.
func toRead(ctx context.Context, dsn string) (of foroSide, err error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return of, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, q := range []struct {
		sql string
		to  *[]string
	}{
		{"select id::text from foro.post where state = 'visible' and comments_count >= 3 order by random() limit 500", &of.posts},
		{"select community_id::text from foro.post where state = 'visible' and community_id is not null group by community_id order by count(*) desc limit 100", &of.communities},
	} {
		rows, err := conn.Query(ctx, q.sql)
		if err != nil {
			return of, err
		}
		if *q.to, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
			return of, err
		}
		if len(*q.to) == 0 {
			return of, fmt.Errorf("nothing to read: %s", q.sql)
		}
	}
	return of, nil
}

var (
	foroWords    = []string{"vaca", "maíz", "garrapatas", "ovejas", "ternero", "vacunas", "leche", "gallinas", "parto"}
	foroPhrases  = []string{"vaca parto", "gallinas invierno", "maíz amarillo", "dosis ivermectina", "temperatura animal"}
	foroMistyped = []string{"garapatas", "ivermetina", "desparacitar", "gayinas"}
)
