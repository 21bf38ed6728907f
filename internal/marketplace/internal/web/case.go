package web

import "agrovet/internal/media/mediajson"

// How moderation looks in answers; its routes are in moderation.go and reports.go,
// and cases.go makes it.

// ShortAdd is what a queue shows of an advert.
type ShortAdd struct {
	ID            int64            `json:"id"`
	PublisherID   int64            `json:"publisher_id"`
	PublisherName string           `json:"publisher_name"`
	Title         string           `json:"title"`
	Price         string           `json:"price"`
	Currency      string           `json:"currency"`
	Unit          string           `json:"unit"`
	Category      *int64           `json:"category"`
	MainImage     *mediajson.Media `json:"main_image"`
	Status        string           `json:"status"`
	Removed       bool             `json:"removed"`
	CreatedAt     string           `json:"created_at" format:"date-time"`
}

// Case is an advert in staff's queue.
type Case struct {
	Add      ShortAdd  `json:"add"`
	State    string    `json:"state" doc:"open, decided, or none: nothing was ever said against it."`
	Urgent   bool      `json:"urgent" doc:"It is open, and was reported, or somebody may lose money."`
	Since    *string   `json:"since" format:"date-time" doc:"When it came into the queue, or was decided."`
	Version  int64     `json:"version" doc:"Changes with every decision; the next may name it."`
	Reports  Counts    `json:"reports" doc:"The open ones, else those that the last decision closed; and so are the flags."`
	Flags    []Flag    `json:"flags" nullable:"false"`
	Decision *Decision `json:"decision" doc:"The last; null: none."`
}

// Counts are reports by reason.
type Counts struct {
	Count   int           `json:"count"`
	Reasons []ReasonCount `json:"reasons" nullable:"false" doc:"Most frequent first."`
}

// ReasonCount is how many report an advert for a reason.
type ReasonCount struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// Flag is what a rule has found in an advert.
type Flag struct {
	ID        int64  `json:"id"`
	Rule      string `json:"rule" doc:"Its code, e.g. advance_payment."`
	Text      string `json:"text" doc:"What it is about, in the reader's language."`
	Evidence  string `json:"evidence" doc:"The piece of the advert's text; of a price: the price and what is usual; of duplicates: how many."`
	Open      bool   `json:"open"`
	CreatedAt string `json:"created_at" format:"date-time"`
}

// Decision is what staff has decided.
type Decision struct {
	ID          int64  `json:"id"`
	AddID       int64  `json:"add_id"`
	PublisherID int64  `json:"publisher_id"`
	ActorID     int64  `json:"actor_id" doc:"Who decided."`
	Decision    string `json:"decision" doc:"dismiss, remove, restore or warn"`
	Reason      string `json:"reason"`
	Reports     int    `json:"reports" doc:"How many of them it closed."`
	Flags       int    `json:"flags"`
	At          string `json:"at" format:"date-time"`
}

// Moderation is what was decided about an advert.
type Moderation struct {
	AddID      int64         `json:"add_id"`
	Moderation Ruling        `json:"moderation"`
	Case       *Case         `json:"case,omitempty" doc:"For staff, and so is the rest."`
	Reports    []StaffReport `json:"reports,omitempty" doc:"Newest first."`
	Flags      []Flag        `json:"flags,omitempty"`
	Decisions  []Decision    `json:"decisions,omitempty"`
}

// Ruling is what the publisher is told.
type Ruling struct {
	State     string  `json:"state" doc:"none, warned, removed or restored"`
	Reason    string  `json:"reason"`
	DecidedAt *string `json:"decided_at" format:"date-time"`
}

// StaffReport is a report as staff sees it.
type StaffReport struct {
	Report
	ReporterID *int64 `json:"reporter_id" doc:"Null: somebody who is gone."`
}
