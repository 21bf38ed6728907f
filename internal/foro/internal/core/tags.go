package core

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/search"
)

// FoldTag is the form in which a tag is kept and looked for: lower case, without accents and without a leading #.
// ok is false for what is no tag: letters, digits, _ and -, at most foro.MaxTag characters.
func FoldTag(text string) (name string, ok bool) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "#")
	if utf8.RuneCountInString(text) > foro.MaxTag {
		return "", false
	}
	for rest := text; rest != ""; {
		word, separator := rest, ""
		if i := strings.IndexAny(rest, "_-"); i >= 0 {
			word, separator = rest[:i], rest[i:i+1]
		}
		folded, ok := foldWord(word)
		if !ok {
			return "", false
		}
		name, rest = name+folded+separator, rest[len(word)+len(separator):]
	}
	return name, strings.Trim(name, "_-") != ""
}

// foldWord folds letters and digits; ok is false for anything else.
func foldWord(word string) (folded string, ok bool) {
	if strings.ContainsFunc(word, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.Nd, unicode.M) }) {
		return "", false
	}
	folded = search.Fold(word)
	return folded, !strings.Contains(folded, " ") && (folded != "") == (word != "")
}

// foldTags are tags that somebody gave, each once, by name.
func foldTags(given []string) ([]string, error) {
	names := make([]string, 0, len(given))
	for _, text := range given {
		name, ok := FoldTag(text)
		if !ok {
			return nil, errs.InField("tags", "Cada etiqueta tiene letras, números, - o _, y 40 caracteres como máximo.", "Each tag has letters, digits, - or _, and at most 40 characters.")
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// hashtag is a # that begins a word and what follows it; not that of an address or of an HTML entity.
var hashtag = regexp.MustCompile(`(?:^|[^\p{L}\p{Nd}\p{M}_/&#])#([\p{L}\p{Nd}\p{M}_-]+)`)

// hashtags are those in a post's text, as they come. Numbers alone are none.
func hashtags(p foro.Post) (names []string) {
	for _, m := range hashtag.FindAllStringSubmatch(p.Title+"\n"+p.Content, -1) {
		name, ok := FoldTag(strings.Trim(m[1], "_-"))
		if ok && strings.ContainsFunc(name, unicode.IsLetter) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// followingText are the tags of a post whose text has changed, by name: without those that it has no longer, and
// with those that are new in it, as far as there is room.
func followingText(before, after foro.Post) []string {
	had, has := hashtags(before), hashtags(after)
	tags := without(before.Tags, without(had, has))
	tags = append(tags, without(without(has, had), tags)...)
	tags = tags[:min(len(tags), foro.MaxTags)]
	slices.Sort(tags)
	return tags
}

// Tags returns a part of the tags in use that begin so, the most used first, and whether more follow.
func (c *Core) Tags(ctx context.Context, prefix string, span store.TagSpan) ([]store.Tag, bool, error) {
	return pg.Peek(span.Limit, func(limit int) ([]store.Tag, error) {
		span.Limit = limit
		return c.store.Tags(ctx, prefix, span)
	})
}

// CountTags counts them up to limit.
func (c *Core) CountTags(ctx context.Context, prefix string, limit int) (int64, error) {
	return c.store.CountTags(ctx, prefix, limit)
}
