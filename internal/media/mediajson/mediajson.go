// Package mediajson is how an object looks in REST answers (contract: rest.md §3), for media's own
// routes and for those of other modules that nest objects. It is a second face of media.
package mediajson

import (
	"context"
	"strconv"
	"strings"

	"agrovet/internal/media"
	"agrovet/internal/platform/httpx"
)

// Media is an object as REST answers show it.
type Media struct {
	ID          int64       `json:"id"`
	Name        *string     `json:"name"`
	Description *string     `json:"description"`
	Price       *string     `json:"price"`
	URL         *string     `json:"url" doc:"Public address; of a private object, one that works for some minutes."`
	CreatedAt   string      `json:"created_at" format:"date-time"`
	ContentType *int64      `json:"content_type"`
	ObjectID    *int64      `json:"object_id"`
	Kind        string      `json:"kind" doc:"image, video, audio or document; empty without a file."`
	MIMEType    *string     `json:"mime_type"`
	Private     bool        `json:"private"`
	Size        int64       `json:"size" doc:"Bytes."`
	Width       int         `json:"width" doc:"Pixels; 0 unless it is an image."`
	Height      int         `json:"height"`
	Duration    *float64    `json:"duration" doc:"Seconds, of recordings."`
	Preview     *string     `json:"preview" doc:"A tiny blurred picture as a data URI, to show while loading."`
	Renditions  []Rendition `json:"renditions" doc:"Smaller copies of an image, smallest first; empty until they are made."`
	Srcset      string      `json:"srcset" doc:"The renditions as HTML's srcset."`
}

// Rendition is a smaller copy.
type Rendition struct {
	Name   string `json:"name" doc:"small, medium or large"`
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Size   int64  `json:"size" doc:"Bytes."`
}

// timeFormat is the original's: ISO 8601, microseconds, UTC.
const timeFormat = "2006-01-02T15:04:05.000000Z"

// New makes the JSON of an object. Addresses become absolute for the request that ctx belongs to.
func New(ctx context.Context, o media.Object) Media {
	m := Media{ID: o.ID, Name: text(o.Name), Description: o.Description, Price: o.Price, URL: text(httpx.Absolute(ctx, o.URL)),
		CreatedAt: o.CreatedAt.UTC().Format(timeFormat), Kind: string(o.Kind), MIMEType: text(o.MIME), Private: o.Private,
		Size: o.Size, Width: o.Width, Height: o.Height, Preview: text(o.Preview), Renditions: []Rendition{}}
	if o.Duration > 0 {
		seconds := o.Duration.Seconds()
		m.Duration = &seconds
	}
	var set []string
	for _, r := range o.Renditions {
		url := httpx.Absolute(ctx, r.URL)
		m.Renditions = append(m.Renditions, Rendition{r.Name, url, r.Width, r.Height, r.Size})
		set = append(set, url+" "+strconv.Itoa(r.Width)+"w")
	}
	m.Srcset = strings.Join(set, ", ")
	return m
}

// List makes the JSON of these ids, in their order, leaving out what is not there.
func List(ctx context.Context, objects map[int64]media.Object, ids []int64) []Media {
	list := make([]Media, 0, len(ids))
	for _, id := range ids {
		if o, ok := objects[id]; ok {
			list = append(list, New(ctx, o))
		}
	}
	return list
}

// URLs are the absolute addresses of these ids, in their order, leaving out what is not there.
func URLs(ctx context.Context, objects map[int64]media.Object, ids []int64) []string {
	urls := make([]string, 0, len(ids))
	for _, id := range ids {
		if o, ok := objects[id]; ok && o.URL != "" {
			urls = append(urls, httpx.Absolute(ctx, o.URL))
		}
	}
	return urls
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
