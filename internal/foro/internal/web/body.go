package web

import (
	"slices"
	"strings"

	"agrovet/internal/foro"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/httpx"
)

// PostBody is what clients write of a post. Fields that are not sent stay as they are.
type PostBody struct {
	Title   httpx.Opt[string] `json:"title,omitempty" nullable:"false" minLength:"1" maxLength:"255"`
	Content httpx.Opt[string] `json:"content,omitempty" nullable:"false" minLength:"1" maxLength:"20000"`
	Details
}

// Details are what posts and drafts say beside their text.
type Details struct {
	MediaID     httpx.Opt[int64]    `json:"media_id,omitempty" minimum:"1" doc:"A public file of the writer; null: none."`
	CommunityID httpx.Opt[int64]    `json:"community_id,omitempty" minimum:"1"`
	Community   httpx.Opt[Ref]      `json:"community,omitempty" doc:"The same as community_id, for older clients; also the whole community as answers show it."`
	IsQuestion  httpx.Opt[bool]     `json:"is_question,omitempty" doc:"When it is not said: whether the title is written as a question."`
	Anonymous   httpx.Opt[bool]     `json:"anonymous,omitempty" nullable:"false" doc:"Others do not learn who asks. It cannot be changed later."`
	Tags        httpx.Opt[[]string] `json:"tags,omitempty" nullable:"false" maxItems:"5" doc:"Letters, digits, _ and -, up to 40, without accents and capitals, each once. When they are not sent: the #hashtags of the text."`
	MentionIDs  httpx.Opt[[]int64]  `json:"mention_ids,omitempty" nullable:"false" maxItems:"10" doc:"Users whom it speaks of; the writer does not count."`
	Species     httpx.Opt[[]string] `json:"species,omitempty" nullable:"false" maxItems:"5" enum:"bovinos,ovinos,caprinos,porcinos,equinos,aves,camelidos,peces,abejas,perros,gatos,cultivos,pastos,otros"`
	Latitude    httpx.Opt[float64]  `json:"latitude,omitempty" minimum:"-90" maximum:"90" doc:"Kept to a tenth of a degree alone. Null, with longitude, removes it."`
	Longitude   httpx.Opt[float64]  `json:"longitude,omitempty" minimum:"-180" maximum:"180"`
}

// check tells what the types of the fields do not say, all at once.
func (d Details) check() error {
	var wrong []errs.Field
	if d.Latitude.Sent != d.Longitude.Sent || (d.Latitude.Ptr() == nil) != (d.Longitude.Ptr() == nil) {
		wrong = append(wrong, errs.Field{Name: "longitude", Text: errs.Text{
			ES: "Envíe latitud y longitud juntas.", EN: "Send latitude and longitude together."}})
	}
	if d.Community.Ptr() != nil && d.Community.Value <= 0 {
		wrong = append(wrong, errs.Field{Name: "community", Text: errs.Text{
			ES: "Introduzca un número entero válido.", EN: "A valid integer is required."}})
	}
	if len(wrong) > 0 {
		return errs.InvalidFields(wrong...)
	}
	return nil
}

// apply takes over what was sent.
func (b PostBody) apply(p *foro.Post) {
	set(&p.Title, b.Title)
	set(&p.Content, b.Content)
	p.Title, p.Content = strings.TrimSpace(p.Title), strings.TrimSpace(p.Content)
	b.Details.apply(about{&p.MediaID, &p.CommunityID, &p.Tags, &p.Mentions, &p.Species, &p.Place})
}

// about is where the details of a post or draft are.
type about struct {
	mediaID, communityID *int64
	tags                 *[]string
	mentions             *[]int64
	species              *[]string
	place                **geo.Point
}

func (d Details) apply(to about) {
	set(to.mediaID, d.MediaID)
	if d.Community.Sent {
		*to.communityID = int64(d.Community.Value)
	}
	set(to.communityID, d.CommunityID)
	setAll(to.tags, d.Tags)
	setAll(to.mentions, d.MentionIDs)
	setAll(to.species, d.Species)
	if d.Latitude.Sent {
		*to.place = nil
		if d.Latitude.Ptr() != nil && d.Longitude.Ptr() != nil {
			*to.place = &geo.Point{Latitude: d.Latitude.Value, Longitude: d.Longitude.Value}
		}
	}
}

// setAll takes over a list that was sent, which is not nil then.
func setAll[T any](to *[]T, from httpx.Opt[[]T]) {
	if from.Sent {
		*to = notNil(slices.Clone(from.Value))
	}
}
