package core

import (
	"math/rand/v2"
	"slices"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/pg"
)

// thread is a post with what is said to it.
type thread struct {
	random    *rand.Rand
	dialogue  bool // every comment answers the last
	post      store.BulkPost
	said      []*said // in the order of time
	reactions []foro.Reaction
}

// said is a comment of a thread.
type said struct {
	foro.Comment
	parent     *said
	validators []int64
}

// thread makes the post of a place in this run with its comments, which are written until a moment.
func (b *bulk) thread(i int, end time.Time) *thread {
	random := rand.New(rand.NewPCG(uint64(b.number+i), 0x666f726f)) // what the texts do not say
	t := &thread{random: random, post: b.post(random, i), dialogue: random.IntN(50) == 0}
	n := b.comments[i+1] - b.comments[i]
	when := make([]float64, n)
	for j := range when {
		when[j] = random.Float64()
	}
	slices.Sort(when)
	for j, u := range when {
		at := t.post.CreatedAt.Add(max(time.Microsecond, time.Duration(u*u*float64(end.Sub(t.post.CreatedAt)))))
		m := t.comment(at.Truncate(time.Microsecond))
		m.Content = b.maker.Comment(uint64(b.number+i)<<16 | uint64(j))
		t.said = append(t.said, m)
	}
	return t
}

// comment is the next one. Three of ten answer others, and half of these the last one; some threads are dialogues,
// which go as deep as they may.
func (t *thread) comment(at time.Time) *said {
	m := &said{Comment: foro.Comment{PostID: t.post.ID, UserID: pg.GeneratedPerson(t.random.Float64()), State: hiddenAtTimes(t.random), CreatedAt: at}}
	if t.random.IntN(7) == 0 {
		m.UserID = t.post.AuthorID
	}
	m.Anonymous = t.post.Anonymous && m.UserID == t.post.AuthorID
	if n := len(t.said); n > 0 && (t.dialogue || t.random.IntN(3) == 0) {
		m.parent = t.said[n-1]
		if !t.dialogue && t.random.IntN(2) == 0 {
			m.parent = t.said[t.random.IntN(n)]
		}
		if m.parent.Depth >= foro.MaxDepth {
			m.parent = nil
		} else {
			m.Depth = m.parent.Depth + 1
		}
	}
	return m
}

// inTime are the comments of threads in the order of time.
func inTime(threads []*thread) (all []*said) {
	for _, t := range threads {
		all = append(all, t.said...)
	}
	slices.SortStableFunc(all, func(a, b *said) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return all
}

// settle refers comments, which have their ids, to those that they answer, counts them, and finds the answers of a
// question: half of those with a comment have one, by the asker's or by specialists' word.
func (t *thread) settle() {
	var candidates []*said
	for _, m := range t.said {
		if m.parent != nil {
			m.ParentID = m.parent.ID
		}
		if m.State != foro.Visible {
			continue
		}
		t.post.Comments++
		if m.parent != nil {
			m.parent.Replies++
		} else if m.UserID != t.post.AuthorID {
			candidates = append(candidates, m)
		}
	}
	if !t.post.Question || len(candidates) == 0 {
		return
	}
	if t.random.IntN(5) < 2 {
		t.post.AcceptedID = candidates[t.random.IntN(len(candidates))].ID
	}
	if t.random.IntN(5) == 0 {
		t.validate(candidates[t.random.IntN(len(candidates))])
	}
	t.post.Answered = t.post.AcceptedID != 0 || slices.ContainsFunc(candidates, func(m *said) bool { return m.Validations > 0 })
}

func (t *thread) validate(m *said) {
	for range 1 + t.random.IntN(3) {
		if id := specialist(t.random); id != m.UserID && !slices.Contains(m.validators, id) {
			m.validators = append(m.validators, id)
		}
	}
	m.Validations = len(m.validators)
}

func (t *thread) validations() (all []store.Validation) {
	for _, m := range t.said {
		for _, id := range m.validators {
			all = append(all, store.Validation{CommentID: m.ID, UserID: id, At: m.CreatedAt})
		}
	}
	return all
}
