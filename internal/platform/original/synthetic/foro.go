package synthetic

import "fmt"

func (g *generator) foro() []table {
	return []table{
		{"foro_community", "id, name, slug, short_description, created_by_id, members_ids, members_count, created_at", g.communities},
		{"foro_post", "id, author_id, title, content, media_id, community_id, created_at, updated_at, views_count", g.posts},
		{"foro_comment", "id, user_id, post_id, parent_id, content, media_id, created_at, updated_at, reactions_count, replies_count", g.comments},
		{"foro_reaction", "id, user_id, type, content_type_id, object_id, created_at", g.reactions},
		{"foro_notification", "id, recipient_id, actor_id, content_type_id, object_id, notif_type, summary, read, created_at", g.notifications},
	}
}

var slugs = []string{"general", "ganaderos-agricultores-animales", "especialistas-salud", "agronegocios", "consumidores", "veterinarios", "empresarios"}

func (g *generator) communities(put func(...any)) {
	for i := range len(slugs) + 5 {
		slug := fmt.Sprint("comunidad-", i)
		if i < len(slugs) {
			slug = slugs[i]
		}
		members := []int{}
		for n := range g.size.Users / 3 { // some twice, some not there
			members = append(members, g.user(n*(i+1)))
		}
		put(i+1, "Comunidad "+slug, slug, "", unless(i < len(slugs), g.user(i)), list(i, members), i*3, at(i))
	}
}

func (g *generator) posts(put func(...any)) {
	for id := 1; id <= g.size.Posts; id++ {
		put(id, g.user(id), fmt.Sprintf("Consulta %d", id), "Mi vaca\nno come \\ nada", unless(id%5 != 0, g.medium(id)), unless(id%4 == 0, 1+id%14),
			at(id), at(id+id%90), id%3)
	}
}

func (g *generator) comments(put func(...any)) {
	for id := 1; id <= g.size.Comments; id++ {
		post, parent := 1+(id*31)%(g.size.Posts+g.size.Posts/50), any(nil)
		switch {
		case id%5 == 0 && id > 100:
			parent = id - 1 - (id/7)%90 // mostly of another post
		case id%3 == 0 && id > g.size.Posts:
			parent, post = id-g.size.Posts, 1+((id-g.size.Posts)*31)%(g.size.Posts+g.size.Posts/50)
		case id%211 == 0:
			parent = 10_000_000 + id
		}
		put(id, g.user(id+3), post, parent, "Dele agua", unless(id%20 != 0, g.medium(id)), at(id), at(id), id%4, id%2)
	}
}

func (g *generator) reactions(put func(...any)) {
	types, id := []string{"like", "dislike", "heart", "wow"}, 0
	for n := range 2 * g.size.Posts {
		for t := range types {
			if t > 0 && n%4 != 0 && t != n%3 { // some have them all
				continue
			}
			if types[t] == "wow" && n%50 != 0 {
				continue
			}
			id++
			put(id, g.user(n), types[t], 11+n%3, 1+n/2, at(n+t))
		}
	}
}

func (g *generator) notifications(put func(...any)) {
	kinds := []string{"post_reply", "comment_reply", "post_reaction", "comment_reaction"}
	for id := 1; id <= g.size.Comments/2; id++ {
		put(id, g.user(id), g.user(id+id%3), unless(id%9 == 0, 11+id%2), unless(id%9 == 0, id), kinds[id%4], "Alguien respondió", id%2 == 0, at(id))
	}
}
