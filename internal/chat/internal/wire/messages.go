package wire

import (
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/platform/search"
)

// AnswerSent is the type of a message in the answer to its sender.
const AnswerSent = "chat.message"

// Sent answers whoever sent a message.
type Sent struct {
	Message
	Repeated bool `json:"repeated" doc:"It was stored before, under the same client_msg_id."`
}

// Found is a message that a search found.
type Found struct {
	Message
	Snippet string `json:"snippet" doc:"HTML: the place where the words stand, marked with <mark>."`
}

// FoundOf shows one.
func FoundOf(f core.Found) Found { return Found{MessageOf(f.Shown), search.HTML(f.Snippet)} }

// Updated are messages that are read now.
type Updated struct {
	Updated []int64 `json:"updated" nullable:"false" doc:"Ids, oldest first: the newest 1,000 of them."`
}

// Log is a part of a room's log.
type Log struct {
	RoomIDs
	LastSeq int64 `json:"last_seq" doc:"Of the whole log."`
	FromSeq int64 `json:"from_seq" doc:"The entries above it are one's own to see."`
	Entries []any `json:"entries" nullable:"false" doc:"As the frames that a socket would have sent, oldest first."`
	More    bool  `json:"more" doc:"There are more on the side that was asked for."`
	TooFar  bool  `json:"too_far" doc:"More than 1,000 are missing, and none of them is here: read the newest, and go on from last_seq."`
}

// LogOf shows a part of a room's log. change is made to each message.
func LogOf(p core.Part, change func(Message) Message) Log {
	l := Log{RoomIDs: RoomIDsOf(p.RoomID), LastSeq: p.LastSeq, FromSeq: p.FromSeq, Entries: make([]any, len(p.Entries)), More: p.More, TooFar: p.TooFar}
	for i, s := range p.Entries {
		l.Entries[i] = EntryOf(s)
		if m, ok := l.Entries[i].(Message); ok {
			l.Entries[i] = change(m)
		}
	}
	return l
}

// Logs are parts of several rooms' logs.
type Logs struct {
	Rooms []Log   `json:"rooms" nullable:"false"`
	Gone  []int64 `json:"gone" nullable:"false" doc:"Rooms that are not one's own any more."`
}

// Revision is what a message said before.
type Revision struct {
	Number  int    `json:"number" doc:"1, 2, 3 and so on."`
	Content string `json:"content"`
	MediaID *int64 `json:"media_id"`
	Until   string `json:"until" format:"date-time" doc:"When it was replaced."`
}

// RevisionOf shows one.
func RevisionOf(r store.Revision) Revision {
	out := Revision{Number: r.Number, Content: r.Content, Until: Written(r.Until)}
	if r.MediaID != 0 {
		out.MediaID = &r.MediaID
	}
	return out
}
