package stories

import (
	"github.com/stretchr/testify/require"
)

// acrossTales go through several modules: what one tells, the others know.
var acrossTales = []tale{
	{"ASellerIsWrittenToAboutAnAdvert", func(s *story) {
		ana, beto := s.member("businessman"), s.member("consumer")
		path, id := ana.offered("title", "Molino")
		room := beto.post(200, path+"contact/", nil).id("room_id")
		require.Equal(s, room, beto.post(200, path+"contact/", nil).id("room_id"))
		ana.post(400, path+"contact/", nil)
		s.nobody().post(401, path+"contact/", nil)
		got := beto.get(200, at("/api/chat/rooms/%d/", room)).is("about_add_id", id, "participants_count", 2, "is_private", true)
		require.ElementsMatch(s, []any{ana.name, beto.name}, got.list("participants.*.full_name"))
		hers := ana.connected()
		beto.says(room, "¿Sigue en venta?")
		hers.await("chat_message", "text", "¿Sigue en venta?", "room", room)
		phones := got.list("participants.*.phone_number")
		require.Contains(s, phones, "", "hers is not told before she has answered")
	}},
	{"ANewNameIsKnownEverywhere", func(s *story) {
		ana, beto := s.member("specialist"), s.someone("consumer")
		profile := ana.profile("specialists")
		advert, _ := ana.offered()
		post, _ := ana.posted()
		room := ana.private(beto)
		name := "Nueva " + s.word()
		ana.patch(200, at("/api/auth/users/%d/", ana.id), j{"full_name": name})
		for path, field := range map[string]string{profile: "user_display", advert: "publisher_name", post: "author.name"} {
			s.until("the new name is in "+path, func() bool { return beto.get(200, path).has(field, name) })
		}
		s.until("the new name is in the room", func() bool {
			return len(among(beto.get(200, at("/api/chat/rooms/%d/", room)).list("participants.*.full_name"), name)) == 1
		})
	}},
	{"AVerifiedSpecialistWearsTheirBadgeEverywhere", func(s *story) {
		ana := s.member("specialist")
		mine := ana.profile("specialists") + "verification/"
		post, _ := ana.posted()
		id := ana.post(201, mine, ana.verification()).id("id")
		s.staff(1).post(200, at("/api/profiles/verifications/%d/decide/", id), j{"decision": "verified"})
		s.until("the forum shows it", func() bool {
			return s.nobody().get(200, post).has("author.is_verified", true, "author.is_titled", true)
		})
		s.until("the user shows it", func() bool {
			return s.someone("consumer").get(200, at("/api/auth/users/%d/", ana.id)).has("specialist_profile.is_verified", true)
		})
	}},
	{"WhatIsDeletedInMediaLeavesWhatShowedIt", func(s *story) {
		ana := s.member("specialist")
		picture := ana.uploaded()
		advert, _ := ana.offered("main_image_id", picture)
		post, _ := ana.posted("media_id", picture)
		profile := ana.profile("specialists")
		ana.patch(200, profile, j{"work_images_ids": []int64{picture}})
		ana.delete(204, at("/api/media/%d/", picture))
		s.until("it has left the advert", func() bool { return s.nobody().get(200, advert).has("main_image", nil) })
		s.until("it has left the post", func() bool { return s.nobody().get(200, post).has("media", nil) })
		s.until("it has left the profile", func() bool { return ana.get(200, profile).has("work_images_ids", []int{}) })
	}},
	{"AnotherRoleIsAnotherProfileAndCommunity", func(s *story) {
		ana := s.member("consumer")
		ana.profile("consumers")
		ana.patch(200, at("/api/auth/users/%d/", ana.id), j{"role": "specialist"}).is("role", "Specialist")
		ana.profile("specialists")
		s.until("she is in the specialists' community", func() bool {
			return ana.get(200, "/api/foro/communities/by-slug/especialistas-salud/").has("is_member", true)
		})
	}},
	{"WhoLeavesIsForgottenEverywhere", func(s *story) {
		ana, beto := s.member("specialist"), s.member("consumer")
		profile := ana.profile("specialists")
		picture := ana.uploaded()
		advert, _ := ana.offered("main_image_id", picture)
		post, _ := ana.posted()
		url := s.nobody().get(200, advert).text("main_image.url")
		room := ana.private(beto)
		beto.post(201, "/api/follows/", j{"following": ana.id})
		socket := ana.connected()
		ana.delete(204, at("/api/auth/users/%d/", ana.id))
		socket.ends(4401)
		s.nobody().post(401, "/api/auth/login/", j{"phone_number": ana.phone, "password": password})
		for _, path := range []string{at("/api/auth/users/%d/", ana.id), profile, advert, url, at("/api/media/%d/", picture)} {
			s.until(path+" is gone", func() bool { return beto.try("GET", path, nil).status == 404 })
		}
		s.until("the room has one left", func() bool { return beto.get(200, at("/api/chat/rooms/%d/", room)).has("participants_count", 1) })
		s.until("nobody is followed", func() bool { return beto.get(200, "/api/follows/").has("count", 0) })
		s.until("the post has no name", func() bool {
			got := beto.try("GET", post, nil)
			return got.status == 404 || !got.has("author.name", ana.name)
		})
	}},
}
