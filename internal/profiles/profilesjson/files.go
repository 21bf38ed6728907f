package profilesjson

import (
	"context"

	"agrovet/internal/media"
	"agrovet/internal/media/mediajson"
	"agrovet/internal/platform/httpx"
)

// Files are what media knows of the files that profiles show. The zero value knows nothing.
type Files struct {
	Objects map[int64]media.Object
	Links   map[int64]string // addresses of private objects that work for some minutes
}

// Media is where Files come from; media.Service is one.
type Media interface {
	Objects(ctx context.Context, ids ...int64) (map[int64]media.Object, error)
	Links(ctx context.Context, ids ...int64) (map[int64]string, error)
}

// Profile is the JSON of a profile that shows files: *Specialist or *Businessman. What the reader may
// not see is not in it, so it asks for nothing that it must not show.
type Profile interface {
	// IDs are the files that it shows: public objects, and private ones by a link.
	IDs() (public, private []int64)
	// Fill puts in what is known of these files. Addresses are made for the request of ctx.
	Fill(ctx context.Context, f Files)
}

// IDs are the files of a whole page.
func IDs(page ...Profile) (public, private []int64) {
	for _, p := range page {
		objects, links := p.IDs()
		public, private = append(public, objects...), append(private, links...)
	}
	return public, private
}

// Illustrate asks media once for the files of a whole page and fills them in. Without an answer, or
// without media, the page stays as it is: its files have no addresses. The error is for the log.
func Illustrate(ctx context.Context, m Media, page ...Profile) error {
	f, err := Ask(ctx, m, page...)
	for _, p := range page {
		p.Fill(ctx, f)
	}
	return err
}

// Ask asks media for the files of a whole page, with one call for public objects and one for links.
func Ask(ctx context.Context, m Media, page ...Profile) (f Files, err error) {
	public, private := IDs(page...)
	if m == nil {
		return f, nil
	}
	if len(public) > 0 {
		if f.Objects, err = m.Objects(ctx, public...); err != nil {
			return f, err
		}
	}
	if len(private) > 0 {
		f.Links, err = m.Links(ctx, private...)
	}
	return f, err
}

// IDs are the work images, and the documents when the reader may see them.
func (s *Specialist) IDs() (public, private []int64) {
	for _, id := range []*int64{s.VerificationTitleID, s.VerificationStudentCardID, s.VerificationGraduationLetterID} {
		if id != nil {
			private = append(private, *id)
		}
	}
	return s.WorkImagesIDs, private
}

// Fill puts the files in.
func (s *Specialist) Fill(ctx context.Context, f Files) {
	s.WorkImages = mediajson.URLs(ctx, f.Objects, s.WorkImagesIDs)
	s.WorkImagesFull = mediajson.List(ctx, f.Objects, s.WorkImagesIDs)
	s.VerificationTitleURL = f.link(ctx, s.VerificationTitleID)
	s.VerificationStudentCardURL = f.link(ctx, s.VerificationStudentCardID)
	s.VerificationGraduationLetterURL = f.link(ctx, s.VerificationGraduationLetterID)
}

// IDs are the products and services.
func (b *Businessman) IDs() (public, private []int64) { return b.ProductsAndServicesIDs, nil }

// Fill puts the files in.
func (b *Businessman) Fill(ctx context.Context, f Files) {
	b.ProductsAndServices = mediajson.URLs(ctx, f.Objects, b.ProductsAndServicesIDs)
	b.ProductsAndServicesAll = mediajson.List(ctx, f.Objects, b.ProductsAndServicesIDs)
}

func (f Files) link(ctx context.Context, id *int64) *string {
	if id == nil || f.Links[*id] == "" {
		return nil
	}
	url := httpx.Absolute(ctx, f.Links[*id])
	return &url
}
