package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/media"
)

// Case is what moderators look at.
type Case struct {
	store.Case
	Post     *Shown          // also of a comment
	Comment  *Remark         // nil: it is about the post
	Reasons  []store.Reasons // of its reports
	Flags    []store.Flag
	Decision *Ruling // nil: open
	Against  *Ruling // which an appeal is against
}

// Details are all that moderators learn of a case.
type Details struct {
	Case
	Reports []Complaint   // newest first
	Past    []PastVersion // of the content, newest first
	About   []Ruling      // decisions about the content, newest first
	Author  []Ruling      // and about what else the author wrote; empty where moderators do not learn who it is
}

// Complaint is a report as moderators see it.
type Complaint struct {
	store.Report
	Who *Who // nil: for others than staff, and of who is gone
}

// PastVersion is what somebody wrote before they changed it.
type PastVersion struct {
	store.Past
	Object *media.Object // nil: none
}

// shownOfEach is how many reports, versions and decisions the details of a case show.
const shownOfEach = 100

// Case is all about one case.
//
// Errors: errs.ErrNotFound, also for who does not moderate there; foro.ErrOwnCase, ErrStaffDecides.
func (c *Core) Case(ctx context.Context, id int64) (d Details, err error) {
	in, err := c.judged(ctx, id)
	if err != nil {
		return d, err
	}
	page, err := c.cases(ctx, []store.Case{in})
	if err != nil || len(page) == 0 {
		return d, orNotFound(err)
	}
	d.Case = page[0]
	if d.Reports, err = c.complaints(ctx, in); err != nil {
		return d, err
	}
	if d.Past, err = c.past(ctx, d.Case); err != nil {
		return d, err
	}
	about, err := c.store.DecisionsAbout(ctx, in.Target, shownOfEach)
	if err != nil {
		return d, err
	}
	author, err := c.authorsDecisions(ctx, d.Case)
	if err != nil {
		return d, err
	}
	d.About, d.Author = c.rulings(ctx, about), c.rulings(ctx, author)
	return d, nil
}

func (c *Core) complaints(ctx context.Context, in store.Case) ([]Complaint, error) {
	rows, err := c.store.Reports(ctx, in.ID, shownOfEach)
	out := make([]Complaint, len(rows))
	var ids []int64
	for i, r := range rows {
		out[i].Report = r
		if staff(ctx) {
			ids = append(ids, one(r.ReporterID)...)
		}
	}
	people := c.people(ctx, ids)
	for i, r := range rows {
		if w, ok := people[r.ReporterID]; ok {
			out[i].Who = &w
		}
	}
	return out, err
}

// past is what was written before, for those who read what is written now.
func (c *Core) past(ctx context.Context, in Case) ([]PastVersion, error) {
	if !in.readable(ctx) {
		return nil, nil
	}
	rows, err := c.store.Past(ctx, in.Target, shownOfEach)
	out := make([]PastVersion, len(rows))
	var files []int64
	for i, r := range rows {
		out[i].Past = r
		files = append(files, one(r.MediaID)...)
	}
	objects := c.objects(ctx, files)
	for i, r := range rows {
		if o, ok := objects[r.MediaID]; ok {
			out[i].Object = &o
		}
	}
	return out, err
}

// authorsDecisions are decisions about what else the author wrote. Moderators see those of their community,
// and none that would tell who writes without their name.
func (c *Core) authorsDecisions(ctx context.Context, in Case) (out []store.Decision, err error) {
	if in.AuthorID == 0 || in.anonymous() && !staff(ctx) {
		return nil, nil
	}
	all, err := c.store.DecisionsOf(ctx, in.AuthorID, shownOfEach)
	for _, d := range all {
		if d.Target != in.Target && (staff(ctx) || !d.Anonymous && d.CommunityID == in.CommunityID) {
			out = append(out, d)
		}
	}
	return out, err
}

func (in Case) anonymous() bool {
	if in.Comment != nil {
		return in.Comment.Anonymous
	}
	return in.Post.Anonymous
}

// readable says whether the reader sees the text of what a case is about: what was removed is for staff, and
// for moderators as long as they have to decide about it.
func (in Case) readable(ctx context.Context) bool {
	state := in.Post.State
	if in.Comment != nil {
		state = in.Comment.State
	}
	return state != foro.Removed || in.Open() || staff(ctx)
}
