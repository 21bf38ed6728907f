package core

import (
	"context"
	"math/rand/v2"
	"strconv"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/demo"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/pg"
	"agrovet/internal/profiles"
)

// people makes who writes, where, and about what: for so many posts in all.
func (b *bulk) people(ctx context.Context, total int) error {
	if err := b.store.KnowPeople(ctx, b.everybody()); err != nil {
		return err
	}
	var err error
	for _, m := range standard {
		ids, err := b.store.Standard(ctx, []string{m.Slug})
		if err != nil {
			return err
		}
		b.standard = append(b.standard, ids...)
	}
	if b.communities, err = b.store.GeneratedCommunities(ctx); err != nil {
		return err
	}
	if err := b.found(ctx, communitiesFor(total)); err != nil {
		return err
	}
	tags := b.maker.Tags(rareTags(total))
	for _, t := range demo.Threads() {
		tags = append(tags, t.Tags...)
	}
	if tags, err = foldTags(tags); err != nil {
		return err
	}
	b.tags, err = b.store.MakeTags(ctx, tags)
	return err
}

// everybody is all generated people. Half of the specialists are verified, and known with where they are and what
// they treat.
func (b *bulk) everybody() []store.Person {
	all := make([]store.Person, pg.GeneratedPeople)
	for i := range all {
		p := store.Person{UserID: pg.FirstGenerated + int64(i), Role: roles[i%len(roles)], Since: b.now.Add(-b.from)}
		if i%len(roles) == verified {
			random := rand.New(rand.NewPCG(uint64(i), 0x70656f70))
			p.Verified, p.Place = true, somewhere(random)
			p.Species = distinct([]string{profiles.Species[random.IntN(len(profiles.Species))], profiles.Species[random.IntN(len(profiles.Species))]})
		}
		all[i] = p
	}
	return all
}

// found makes the communities that are missing to so many, with their members.
func (b *bulk) found(ctx context.Context, total int) error {
	has := len(b.communities)
	if total <= has {
		return nil
	}
	id, err := b.store.BulkPeople().Reserve(ctx, "community", total-has)
	if err != nil {
		return err
	}
	var all []foro.Community
	var members []store.BulkMember
	for number := has; number < total; number++ {
		m := foro.Community{ID: id + int64(number-has), Slug: "generada-" + strconv.Itoa(number), CreatedAt: b.now.Add(-b.from)}
		m.Name, m.ShortDescription = b.maker.Community(uint64(number))
		inside := b.members(m, number)
		m.CreatedBy = inside[0].UserID
		all, members, b.communities = append(all, m), append(members, inside...), append(b.communities, m.ID)
	}
	if err := b.store.CopyCommunities(ctx, all); err != nil {
		return err
	}
	return b.store.CopyMembers(ctx, members)
}

var membersInEach = inEach(79, 2_000)

// members are those of the community of a number, its owner first: 80 on average, and of each 100th, 1,000th and so
// on one for each community up to it.
func (b *bulk) members(m foro.Community, number int) []store.BulkMember {
	random := rand.New(rand.NewPCG(uint64(number), 0x6d656d62))
	n := 1 + inTurn(membersInEach, number)
	for most := 100; most <= number+1; most *= 10 {
		if number+1 == most {
			n = most
		}
	}
	all := make([]store.BulkMember, n)
	first := random.IntN(pg.GeneratedPeople)
	for i := range all {
		one := store.BulkMember{CommunityID: m.ID, UserID: pg.FirstGenerated + int64((first+i*4_001)%pg.GeneratedPeople), Role: foro.JustMember,
			JoinedAt: m.CreatedAt.Add(time.Duration(i) * time.Minute)}
		switch {
		case i == 0:
			one.Role = foro.Owner
		case i < 3 && n > 10:
			one.Role = foro.Moderator
		}
		all[i] = one
	}
	return all
}
