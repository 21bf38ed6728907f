package stories

// founded is a new community.
func (p *person) founded() (path string, id int64, slug string) {
	p.s.Helper()
	slug = p.s.word()
	id = p.post(201, "/api/foro/communities/", j{"name": "Los " + slug, "slug": slug, "short_description": "Nuestra."}).id("id")
	return at("/api/foro/communities/%d/", id), id, slug
}

// told waits for a notification of a type.
func (p *person) told(kind string) (n answer) {
	p.s.Helper()
	p.s.until("notification "+kind, func() bool {
		all := p.get(200, "/api/foro/notifications/")
		for i := range all.list("results") {
			if row := at("results.%d", i); all.has(row+".notif_type", kind) {
				n = answer{t: p.s.T, raw: all.raw, tree: all.at(row)}
				return true
			}
		}
		return false
	})
	return n
}

// communityTales are rest.md §7, communities and what their members see.
var communityTales = []tale{
	{"WhoRegistersIsInTheirRolesCommunities", func(s *story) {
		for role, slug := range map[string]string{"specialist": "especialistas-salud", "businessman": "agronegocios", "consumer": "general"} {
			who := s.someone(role)
			s.until(role+" is in "+slug, func() bool {
				return who.get(200, at("/api/foro/communities/by-slug/%s/", slug)).has("is_member", true)
			})
			who.get(200, "/api/foro/communities/?mine=true").contains("*.slug", slug)
		}
	}},
	{"CommunitiesAreListedAsTheClientReads", func(s *story) { // decision D1
		s.nobody().get(200, "/api/foro/communities/").contains("*.slug", "general")
		s.nobody().get(200, "/api/foro/communities/?page=1").at("results")
	}},
	{"ACommunityIsItsFounders", func(s *story) {
		ana, beto := s.member("consumer"), s.someone("specialist")
		path, id, slug := ana.founded()
		ana.get(200, path).is("members_count", 1, "created_by_id", ana.id, "is_member", true, "slug", slug)
		ana.post(400, "/api/foro/communities/", j{"name": "Los " + slug, "slug": slug + "-2"}).is("name", []string{"Ya existe Comunidad con este name."})
		ana.post(400, "/api/foro/communities/", j{"name": "x" + slug, "slug": "a b"}).is("slug.#", 1)
		beto.patch(403, path, j{"name": "x"})
		ana.patch(200, path, j{"short_description": "Otra."}).is("short_description", "Otra.")
		beto.send(403, path+"upload_cover/", "file", "vaca.png", s.picture())
		ana.post(400, path+"upload_cover/", nil).is("detail", "file required")
		s.nobody().get(200, ana.send(200, path+"upload_cover/", "file", "vaca.png", s.picture()).text("cover_image"))
		s.nobody().get(200, ana.send(200, path+"upload_avatar/", "file", "vaca.png", s.picture()).text("avatar"))
		for range 2 {
			beto.post(200, path+"join/", nil).is("joined", true)
		}
		s.nobody().get(200, path).is("members_count", 2)
		ana.get(200, path+"members/").is("count", 2)
		_, post := beto.posted("community_id", id)
		s.nobody().get(200, at("/api/foro/posts/?community=%d", id)).is("results.*.id", []int64{post})
		s.nobody().get(200, "/api/foro/posts/by-community/?slug="+slug).is("results.*.community.slug", []string{slug})
		s.nobody().get(200, at("/api/foro/posts/by-community/?id=%d", id)).is("count", 1)
		s.nobody().get(400, "/api/foro/posts/by-community/").is("detail", "slug or id required")
		s.nobody().get(404, "/api/foro/posts/by-community/?slug=no-hay-tal").is("detail", "Comunidad no encontrada")
		ana.get(200, "/api/foro/posts/feed/").contains("results.*.id", post)
		beto.post(200, path+"leave/", nil).is("left", true)
		s.nobody().get(200, path).is("members_count", 1)
		s.nobody().post(401, path+"join/", nil)
		beto.patch(403, "/api/foro/communities/1/", j{"name": "x"})
		ana.delete(204, path)
		s.nobody().get(404, path)
	}},
	{"ListsForReaders", func(s *story) {
		ana, beto := s.member("consumer"), s.member("consumer")
		_, post := ana.posted()
		ana.get(200, "/api/foro/posts/relevant/").at("results")
		s.nobody().get(401, "/api/foro/posts/feed/")
		s.nobody().get(401, "/api/foro/posts/relevant/")
		beto.post(200, at("/api/foro/people/%d/follow/", ana.id), nil).is("following", true)
		beto.get(200, "/api/foro/posts/following/").is("results.*.id", []int64{post})
		beto.delete(200, at("/api/foro/people/%d/follow/", ana.id)).is("following", false)
		ana.get(200, "/api/foro/posts/unanswered/?all=true").at("results")
		s.nobody().get(200, "/api/foro/tags/").at("results")
	}},
	{"NotificationsAreGroupedAndRead", func(s *story) {
		ana, beto, carla := s.member("consumer"), s.member("specialist"), s.member("consumer")
		_, post := ana.posted()
		comment := beto.commented(post, 0)
		ana.told("post_reply").is("actor.id", beto.id, "recipient_id", ana.id, "read", false, "post_id", post, "comment_id", comment, "actors_count", 1)
		carla.commented(post, 0)
		s.until("both are in one", func() bool { return ana.told("post_reply").has("actors_count", 2) })
		ana.commented(post, comment)
		beto.told("comment_reply").is("actor.name", ana.name)
		carla.post(201, "/api/foro/reactions/", j{"type": "like", "content_type": "post", "object_id": post})
		carla.post(201, "/api/foro/reactions/", j{"type": "like", "content_type": "comment", "object_id": comment})
		id := ana.told("post_reaction").id("id")
		beto.told("comment_reaction").is("actor.id", carla.id)
		ana.get(200, "/api/foro/notifications/").is("count", 2)
		ana.get(200, "/api/foro/notifications/unread/").is("count", 2)
		ana.post(200, "/api/foro/notifications/mark_read/", j{"ids": []int64{id}}).is("updated", 1)
		ana.post(200, "/api/foro/notifications/mark_read/", j{}).is("updated", 0)
		beto.get(404, at("/api/foro/notifications/%d/", id))
		ana.get(200, at("/api/foro/notifications/%d/", id)).is("read", true)
		ana.post(200, "/api/foro/notifications/mark_read/", j{"all": true}).is("updated", 1)
		ana.delete(204, at("/api/foro/notifications/%d/", id))
	}},
	{"NotificationsReachOpenSockets", func(s *story) {
		ana, beto := s.member("consumer"), s.someone("specialist")
		hers := ana.connected()
		path, post := ana.posted()
		beto.commented(post, 0)
		told := hers.await("notification", "kind", "foro.noticed", "data.type", "post_reply", "data.post_id", post)
		ana.get(200, at("/api/foro/notifications/%d/", told.id("data.notification_id"))).is("post_id", post)
		ana.post(200, path+"mute/", nil).is("muted", true)
		ana.get(200, "/api/foro/mutes/").is("count", 1)
		ana.get(200, "/api/foro/notifications/preferences/").is("live", true)
		ana.patch(200, "/api/foro/notifications/preferences/", j{"live": false}).is("live", false)
	}},
}
