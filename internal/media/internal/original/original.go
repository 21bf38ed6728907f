// Package original is what media takes from the original: objects, and their files. See platform/original.
//
// The original does not say whose a file is, so what the other modules show decides, once all of them have taken
// what is theirs. Until then objects are held: nobody owns, claims or sweeps them.
//
// Rules for objects:
//   - Ids, times, texts and prices are kept. The name '0', which the original gave by default, is the file's name.
//   - The owner is whoever shows it: with documents first, then profiles, adverts, the forum, messages, and people
//     whose picture it is. Others who show it go on showing it.
//   - What nobody shows is rejected, by every run anew: media would sweep it. So is what was deleted here since.
//   - What is shown in the name of somebody who is not known stays nobody's.
//   - What a profile shows as a document is private from the moment its file is here.
//   - Once media has moved, people upload here while other services are still the original's. Their objects have ids
//     behind all that came, and are known to later imports by that: so media is in every run until all have moved.
//
// Rules for files:
//   - They go the way of every upload: told by their content, cleaned, turned, made smaller.
//   - A file is taken once. One that is missing, refused or cannot be reached leaves its object as a record without a
//     file, which the original allows too; the next run asks for it again.
//   - Addresses are followed only to where the operator says that files are (place.go).
//   - A user's picture is the object with its address, or a file of its own; else it is dropped.
package original

import (
	"agrovet/internal/media/internal/core"
	"agrovet/internal/platform/original"
)

// Part is media's.
func Part(c *core.Core, f Files) original.Part {
	t := taker{Core: c, files: f.withDefaults()}
	return original.Part{
		Module: "media",
		Tables: []original.Table{{Name: "media_media", Whole: true, Columns: []string{"name text", "description text", "price numeric", "url text",
			"created_at timestamptz", "content_type_id bigint", "object_id bigint"}}},
		Setup: setup,
		Gives: []original.List{
			{Name: "known_media", Query: "select o.id, o.id from object o where " + ours},
			{Name: "picture_taken", Columns: []string{"id bigint", "kept bigint", "url text", "why text"}, Query: pictures(c.AddressPrefix())},
		},
		Steps: []original.Step{{Name: "hold objects", Table: "media_media", SQL: hold}},
		Asks:  []string{"shown_by_profiles", "shown_by_marketplace", "shown_by_foro", "shown_by_chat", "known_picture"},
		Late: []original.Step{
			{Name: "find who shows files", SQL: gather},
			{Name: "take objects", Table: "media_media", SQL: settle, Here: objectHere},
			{Name: "fetch files", Apart: t.takeFiles},
			{Name: "fetch pictures of users", Apart: t.takePictures},
			{Name: "tell of files that are not here", SQL: []string{notFetched}},
		},
		Identities: []original.Identity{{Table: "object", From: "media_media"}},
	}
}
