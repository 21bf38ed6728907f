package media

import (
	"strconv"

	"agrovet/internal/platform/bus"
)

// Topic carries media's events, keyed by object id.
const Topic = "media.events"

// Created: an object is there.
type Created struct {
	MediaID int64  `json:"media_id"`
	URL     string `json:"url"` // empty for private objects
	Name    string `json:"name"`
}

// Updated: an object has another file or name, or its renditions are there now.
type Updated struct {
	MediaID int64  `json:"media_id"`
	URL     string `json:"url"`
}

// Deleted: an object is gone; every module forgets its id.
type Deleted struct {
	MediaID int64  `json:"media_id"`
	URL     string `json:"url"`
}

func kind(t string) bus.Kind { return bus.Kind{Topic: Topic, Type: t} }

func key(id int64) string { return strconv.FormatInt(id, 10) }

// Kinds and keys, in the contract's words (events.md §3).
func (Created) Kind() bus.Kind { return kind("media.created") }
func (Updated) Kind() bus.Kind { return kind("media.updated") }
func (Deleted) Kind() bus.Kind { return kind("media.deleted") }
func (e Created) Key() string  { return key(e.MediaID) }
func (e Updated) Key() string  { return key(e.MediaID) }
func (e Deleted) Key() string  { return key(e.MediaID) }

// Shown: a place of another module shows exactly these objects from now on. The module publishes it
// on a topic of its own, [ShownTopic], in the transaction of its change; events of one place keep
// their order.
type Shown struct {
	Module string  `json:"-"`     // the publishing module's name: it makes the topic
	Place  string  `json:"place"` // unique in the installation, e.g. "profiles/work_images/12"
	IDs    []int64 `json:"media_ids"`
}

// ShownTopic is the topic of a module's Shown events.
func ShownTopic(module string) string { return module + ".media" }

// ShownKind is the kind of a module's Shown events.
func ShownKind(module string) bus.Kind {
	return bus.Kind{Topic: ShownTopic(module), Type: "media.shown"}
}

// Kind and key.
func (e Shown) Kind() bus.Kind { return ShownKind(e.Module) }
func (e Shown) Key() string    { return e.Place }

// Withdrawn: these objects are to be deleted at once and for good, as if their owner had deleted them: what
// moderators take away must not be readable until nobody has shown it for long. The module publishes it as
// [Shown], in the transaction of its change, and is told of the end by [Deleted] as everybody is.
type Withdrawn struct {
	Module string  `json:"-"`
	Place  string  `json:"place"` // which showed them
	IDs    []int64 `json:"media_ids"`
}

// WithdrawnKind is the kind of a module's Withdrawn events.
func WithdrawnKind(module string) bus.Kind {
	return bus.Kind{Topic: ShownTopic(module), Type: "media.withdrawn"}
}

// Kind and key.
func (e Withdrawn) Kind() bus.Kind { return WithdrawnKind(e.Module) }
func (e Withdrawn) Key() string    { return e.Place }

// InternalTopic carries media's events to itself.
const InternalTopic = "media.internal"

// FileStored: renditions are to be made of a new file.
type FileStored struct {
	FileID int64 `json:"file_id"`
}

// BytesFreed: nothing has these bytes any more; they are to be removed.
type BytesFreed struct {
	FileID int64    `json:"file_id"` // whose they were; 0: an upload's
	Keys   []string `json:"keys"`    // of the store
}

// Kinds and keys; a file's events are in order.
func (FileStored) Kind() bus.Kind {
	return bus.Kind{Topic: InternalTopic, Type: "media.file_stored", Internal: true}
}
func (BytesFreed) Kind() bus.Kind {
	return bus.Kind{Topic: InternalTopic, Type: "media.bytes_freed", Internal: true}
}
func (e FileStored) Key() string { return key(e.FileID) }
func (e BytesFreed) Key() string { return key(e.FileID) }
