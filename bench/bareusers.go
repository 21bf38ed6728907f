package main

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/auth"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/profilesjson"
)

// The statements of the product's reads, as sqlc expands them. sameWork (statements.go) fails when
// they are the product's no more.
const (
	userColumns = `id, phone, phone_typed, password, role, full_name, last_name, picture, bio, latitude, longitude,
		is_active, is_staff, is_superuser, date_joined, last_login, searchable, picture_id`
	selectUser  = `select ` + userColumns + ` from users where id = $1`
	selectPage  = `select ` + userColumns + ` from users where id > $1 order by id limit $3 offset $2`
	selectCount = `select count(*) from (select from users limit $1::int) bounded`

	selectSpecialists = `select specialist.id, specialist.user_id, specialist.claimed, specialist.profession,
			specialist.experience_years, specialist.about_us, specialist.can_give_consultations,
			specialist.can_offer_online_services, specialist.title_id, specialist.student_card_id,
			specialist.graduation_letter_id, specialist.puntuations, specialist.point, specialist.verification_state,
			specialist.verified_type, specialist.verified_until, specialist.species, specialist.services, specialist.latitude,
			specialist.longitude, specialist.location_name, specialist.show_place, specialist.rough_latitude,
			specialist.rough_longitude, specialist.cell, specialist.searchable,
			array(select media_id from work_image w where w.user_id = specialist.user_id order by position)::bigint[] as work_image_ids
		from specialist join owner using (user_id)
		where owner.kind = 'specialist' and specialist.user_id = any($1::bigint[])`
	selectBusinessmen = `select businessman.id, businessman.user_id, businessman.claimed, businessman.business_type,
			businessman.business_name, businessman.descriptions, businessman.contact, businessman.offers_local_products,
			array(select media_id from product p where p.user_id = businessman.user_id order by position)::bigint[] as product_ids
		from businessman join owner using (user_id)
		where owner.kind = 'businessman' and businessman.user_id = any($1::bigint[])`
	selectConsumers = `select consumer.id, consumer.user_id, consumer.claimed from consumer join owner using (user_id)
		where owner.kind = 'consumer' and consumer.user_id = any($1::bigint[])`
)

// bareRow is a row of users.
type bareRow struct {
	id                                                        int64
	phone, typed, password, role, fullName, lastName, picture string
	bio                                                       *string
	latitude, longitude                                       *float64
	active, staff, superuser                                  bool
	joined                                                    time.Time
	lastLogin                                                 *time.Time
	searchable                                                string
	pictureID                                                 int64
}

func (u *bareRow) columns() []any {
	return []any{&u.id, &u.phone, &u.typed, &u.password, &u.role, &u.fullName, &u.lastName, &u.picture, &u.bio, &u.latitude, &u.longitude,
		&u.active, &u.staff, &u.superuser, &u.joined, &u.lastLogin, &u.searchable, &u.pictureID}
}

// bareUser is the product's JSON of a user, for a stranger.
type bareUser struct {
	ID                 int64                     `json:"id"`
	FullName           string                    `json:"full_name"`
	LastName           string                    `json:"last_name"`
	PhoneNumber        string                    `json:"phone_number"`
	Role               string                    `json:"role"`
	Bio                *string                   `json:"bio"`
	ProfilePicture     *string                   `json:"profile_picture"`
	Latitude           *string                   `json:"latitude"`
	Longitude          *string                   `json:"longitude"`
	DateJoined         string                    `json:"date_joined"`
	IsActive           bool                      `json:"is_active"`
	IsStaff            bool                      `json:"is_staff"`
	SpecialistProfile  *profilesjson.Specialist  `json:"specialist_profile"`
	BusinessmanProfile *profilesjson.Businessman `json:"businessman_profile"`
	ConsumerProfile    *profilesjson.Consumer    `json:"consumer_profile"`
}

func (p *peer) user(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	var u bareRow
	if err == nil {
		err = p.pools["auth"].QueryRow(r.Context(), selectUser, id).Scan(u.columns()...)
	}
	var shown []bareUser
	if err == nil {
		shown, err = p.show(r.Context(), []bareRow{u})
	}
	var body []byte
	if err == nil {
		body, err = json.Marshal(shown[0])
	}
	reply(w, http.StatusOK, body, err)
}

func (p *peer) page(w http.ResponseWriter, r *http.Request) {
	page, err := p.firstPage(r.Context())
	var body []byte
	if err == nil {
		body, err = json.Marshal(page)
	}
	reply(w, http.StatusOK, body, err)
}

func (p *peer) firstPage(ctx context.Context) (page barePage[bareUser], err error) {
	const size = 20
	if err := p.pools["auth"].QueryRow(ctx, selectCount, 10_000).Scan(&page.Count); err != nil {
		return page, err
	}
	rows, err := p.pools["auth"].Query(ctx, selectPage, 0, 0, size)
	if err != nil {
		return page, err
	}
	users := make([]bareRow, 0, size)
	var u bareRow
	if _, err := pgx.ForEachRow(rows, u.columns(), func() error { users = append(users, u); return nil }); err != nil {
		return page, err
	}
	if *page.Count > size {
		next := "http://127.0.0.1" + usersPath + "?page=2"
		page.Next = &next
	}
	page.Results, err = p.show(ctx, users)
	return page, err
}

// show makes the JSON of users with their profiles.
func (p *peer) show(ctx context.Context, users []bareRow) ([]bareUser, error) {
	at, ids := make(map[int64]int, len(users)), make([]int64, len(users))
	shown := make([]bareUser, len(users))
	for i, u := range users {
		at[u.id], ids[i] = i, u.id
		shown[i] = bareUser{ID: u.id, FullName: u.fullName, LastName: u.lastName, Role: auth.Role(u.role).Display(), Bio: u.bio,
			DateJoined: u.joined.UTC().Format("2006-01-02T15:04:05.000000Z"), IsActive: u.active, IsStaff: u.staff}
	}
	of := func(id int64) *bareUser { return &shown[at[id]] }
	if err := p.specialists(ctx, ids, of); err != nil {
		return nil, err
	}
	if err := p.businessmen(ctx, ids, of); err != nil {
		return nil, err
	}
	return shown, p.consumers(ctx, ids, of)
}

func (p *peer) specialists(ctx context.Context, ids []int64, of func(int64) *bareUser) error {
	rows, err := p.pools["profiles"].Query(ctx, selectSpecialists, ids)
	if err != nil {
		return err
	}
	var s profiles.Specialist
	var claimed, shown bool
	var state, kind, searchable string
	var until *time.Time
	var roughLatitude, roughLongitude *float64
	var cell *int32
	_, err = pgx.ForEachRow(rows, []any{&s.ID, &s.UserID, &claimed, &s.Profession, &s.ExperienceYears, &s.AboutUs,
		&s.CanGiveConsultations, &s.CanOfferOnlineServices, &s.Documents.TitleID, &s.Documents.StudentCardID,
		&s.Documents.GraduationLetterID, &s.Puntuations, &s.Point, &state, &kind, &until, &s.Species, &s.Services,
		&s.Place.Latitude, &s.Place.Longitude, &s.Place.Name, &shown, &roughLatitude, &roughLongitude, &cell, &searchable,
		&s.WorkImageIDs}, func() error {
		s.Place.Hidden = !shown
		u := of(s.UserID)
		card := profilesjson.NewSpecialist(s, u.FullName, false)
		u.SpecialistProfile = &card
		return nil
	})
	return err
}

func (p *peer) businessmen(ctx context.Context, ids []int64, of func(int64) *bareUser) error {
	rows, err := p.pools["profiles"].Query(ctx, selectBusinessmen, ids)
	if err != nil {
		return err
	}
	var b profiles.Businessman
	var claimed bool
	_, err = pgx.ForEachRow(rows, []any{&b.ID, &b.UserID, &claimed, &b.BusinessType, &b.BusinessName, &b.Descriptions,
		&b.Contact, &b.OffersLocalProducts, &b.ProductIDs}, func() error {
		u := of(b.UserID)
		card := profilesjson.NewBusinessman(b, u.FullName)
		u.BusinessmanProfile = &card
		return nil
	})
	return err
}

func (p *peer) consumers(ctx context.Context, ids []int64, of func(int64) *bareUser) error {
	rows, err := p.pools["profiles"].Query(ctx, selectConsumers, ids)
	if err != nil {
		return err
	}
	var c profiles.Consumer
	var claimed bool
	_, err = pgx.ForEachRow(rows, []any{&c.ID, &c.UserID, &claimed}, func() error {
		u := of(c.UserID)
		card := profilesjson.NewConsumer(c, u.FullName)
		u.ConsumerProfile = &card
		return nil
	})
	return err
}
