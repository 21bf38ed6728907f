package profilesmod_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/profilestest"
)

func TestServiceIsAService(t *testing.T) {
	profilestest.TestService(t, func(t *testing.T) (profiles.Service, func(int64, profiles.Kind)) {
		w := setup(t)
		return w.module.Service(), func(userID int64, kind profiles.Kind) {
			w.event(auth.UserCreated{UserID: userID, Role: auth.Role(kind)})
		}
	})
}

func TestCardsCarryEverything(t *testing.T) {
	w := setup(t)
	w.as(ana, "PATCH", "specialists/1/", fullSpecialist()).ok(200)
	w.as(luis, "PATCH", "businessmen/3/", fullBusinessman()).ok(200)
	cards, err := w.module.Service().Cards(t.Context(), ana, luis, carla)
	require.NoError(t, err)
	require.Len(t, cards, 2)
	s, b := cards[ana].Specialist, cards[luis].Businessman
	require.NotZero(t, s.ID)
	require.Equal(t, profiles.Specialist{ID: s.ID, UserID: ana, Profession: "Zootecnista", ExperienceYears: 12, AboutUs: "Pastos y forrajes.",
		CanGiveConsultations: true, CanOfferOnlineServices: true, WorkImageIDs: []int64{31, 30, 35},
		Documents: profiles.Documents{TitleID: 40, StudentCardID: 41, GraduationLetterID: 42},
		Species:   []string{"bovinos", "pastos"}, Services: []string{"en_linea", "asesoria"},
		Place:        profiles.Place{Name: "Quillacollo", Hidden: true},
		Verification: profiles.Verification{State: profiles.VerificationPending}}, *s)
	require.Equal(t, profiles.Businessman{ID: b.ID, UserID: luis, BusinessType: "Empresa Agropecuaria", BusinessName: "Semillas del Valle",
		Descriptions: "Semilla certificada.", Contact: "ventas@example.com", ProductIDs: []int64{9, 7}}, *b)
}

func TestUserCreatedMakesTheProfileOfTheRole(t *testing.T) {
	for role, table := range map[string]string{
		"specialist": "specialist", "Specialist": "specialist", "specialista": "specialist",
		"businessman": "businessman", "Business": "businessman", "business_owner": "businessman",
		"consumer": "consumer", "client": "consumer",
	} {
		w := setup(t)
		w.event(auth.UserCreated{UserID: 70, Role: auth.Role(role)})
		require.Equal(t, 1, w.count(table+" where user_id = 70 and not claimed"), role)
		require.Equal(t, 1, w.profilesOf(70), role)
		require.Equal(t, []string{path("profile.created 70 %s 70 1", table)}, w.published())
	}
}

func TestRolesWithoutProfileMakeNone(t *testing.T) {
	w := setup(t)
	for _, data := range []string{`{"user_id":70,"role":null}`, `{"user_id":70,"role":""}`, `{"user_id":70}`, `{"user_id":70,"role":"admin"}`} {
		require.NoError(t, w.deliver(auth.UserCreated{}.Kind(), data))
		require.NoError(t, w.deliver(auth.RoleChanged{}.Kind(), data))
	}
	require.Zero(t, w.count("owner"))
	require.Empty(t, w.published())
}

func TestRepeatedEventsAreHarmless(t *testing.T) {
	w := setup(t)
	w.as(ana, "PATCH", "specialists/1/", object{"about_us": "antes"}).ok(200) // in the window
	for range 3 {
		w.created(ana)
	}
	has(t, w.as(ana, "GET", "specialists/1/", nil).ok(200), object{"about_us": "antes"})
	require.Equal(t, 1, w.profilesOf(ana))
	require.Len(t, w.published(), 1)

	for range 3 {
		w.event(auth.RoleChanged{UserID: ana, Role: auth.Consumer, Previous: auth.Specialist})
	}
	w.created(ana) // still says specialist
	require.Equal(t, 404, w.as(beto, "GET", "specialists/1/", nil).Status)
	require.Equal(t, 200, w.as(beto, "GET", "consumers/1/", nil).Status)
	require.Len(t, w.published(), 2)

	for range 3 {
		w.event(auth.UserDeleted{UserID: ana})
	}
	require.Len(t, w.published(), 2)
}

func TestRoleChangeSwapsProfilesAndKeepsTheOldData(t *testing.T) {
	w := setup(t)
	before := w.as(ana, "POST", "specialists/", fullSpecialist()).ok(201)
	w.event(auth.RoleChanged{UserID: ana, Role: auth.Businessman, Previous: auth.Specialist})

	require.Equal(t, 404, w.as(ana, "GET", "specialists/1/", nil).Status)
	require.Empty(t, w.as(ana, "GET", "specialists/", nil).ok(200)["results"])
	require.Equal(t, 0.0, w.as(ana, "GET", "specialists/?object_id=1", nil).ok(200)["count"])
	w.as(ana, "PATCH", "specialists/1/", object{"about_us": "no"}).ok(404)
	w.as(ana, "POST", "specialists/", fullSpecialist()).ok(400)
	w.as(ana, "POST", "businessmen/", shop).ok(201)
	cards, err := w.module.Service().Cards(t.Context(), ana)
	require.NoError(t, err)
	require.Nil(t, cards[ana].Specialist)
	require.Equal(t, "El Corral", cards[ana].Businessman.BusinessName)

	w.event(auth.RoleChanged{UserID: ana, Role: auth.Specialist, Previous: auth.Businessman})
	require.Equal(t, before, w.as(ana, "GET", "specialists/1/", nil).ok(200))
	require.Equal(t, 404, w.as(ana, "GET", "businessmen/1/", nil).Status)
	require.Equal(t, []string{
		path("profile.created 1 specialist 1 %v", before["id"]), "profile.created 1 businessman 1 1",
		"profile.updated 1 businessman 1 1", path("profile.updated 1 specialist 1 %v", before["id"]),
	}, w.published())
}

func TestRoleChangeMakesAProfileForAUserWhoHadNone(t *testing.T) {
	w := setup(t)
	w.created(nadie)
	w.event(auth.RoleChanged{UserID: nadie, Role: "Specialist"})
	require.Equal(t, 1, w.count("specialist where user_id = 5"))
	require.Equal(t, []string{"profile.created 5 specialist 5 1"}, w.published())
}

// Fault 63: rows of deleted users stayed.
func TestUserDeletedLeavesNothing(t *testing.T) {
	w := setup(t)
	w.as(ana, "POST", "specialists/", fullSpecialist()).ok(201)
	w.event(auth.RoleChanged{UserID: ana, Role: auth.Businessman})
	w.as(ana, "PATCH", "businessmen/1/", fullBusinessman()).ok(200)
	w.created(luis)
	w.event(auth.UserDeleted{UserID: ana})
	require.Zero(t, w.profilesOf(ana))
	require.Zero(t, w.count("work_image")+w.count("product"))
	require.Equal(t, 1, w.profilesOf(luis))

	// Auth's cache may still know the user: nothing comes back.
	for _, a := range []answer{
		w.as(ana, "GET", "businessmen/1/", nil), w.as(ana, "PATCH", "businessmen/1/", shop),
		w.as(ana, "POST", "specialists/", fullSpecialist()), w.as(jefa, "DELETE", "specialists/1/", nil),
	} {
		has(t, a.ok(404), object{"code": "profiles.user_unknown"})
	}
	w.created(ana)
	w.event(auth.RoleChanged{UserID: ana, Role: auth.Consumer})
	require.Zero(t, w.profilesOf(ana))
}

func TestDeletionOfAUserNeverSeenIsRemembered(t *testing.T) {
	w := setup(t)
	w.event(auth.UserDeleted{UserID: ana})
	w.created(ana)
	require.Zero(t, w.profilesOf(ana))
}

func TestUnreadableEventsAreErrors(t *testing.T) {
	w := setup(t)
	require.Error(t, w.deliver(auth.UserCreated{}.Kind(), `{"user_id":"x"}`))
}

// The real road: auth's outbox, the bus, the subscription with its inbox.
func TestEventsArriveOverTheBus(t *testing.T) {
	owner := pgtest.Database(t)
	authDB, db := pgtest.SchemaIn(t, owner, "auth"), pgtest.SchemaIn(t, owner, "profiles")
	b := bus.New(bus.Config{Poll: 20 * time.Millisecond})
	outbox := b.Source(authDB, auth.Topic)
	w := over(t, db, b)
	b.Subscribe(db, w.module.Subscriptions()...)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx) }()
	t.Cleanup(func() { stop(); require.NoError(t, <-done) })

	publish := func(events ...bus.Payload) { require.NoError(t, inTx(authDB, outbox, events...)) }
	publish(auth.UserCreated{UserID: ana, Role: auth.Specialist}, auth.UserCreated{UserID: luis, Role: auth.Businessman})
	publish(auth.RoleChanged{UserID: ana, Role: auth.Consumer}, auth.UserDeleted{UserID: luis})
	require.Eventually(t, func() bool {
		return w.count("consumer where user_id = 1") == 1 && w.count("owner where kind = 'gone'") == 1
	}, time.Minute, 10*time.Millisecond)
	require.Zero(t, w.profilesOf(luis))
	require.Equal(t, 4, w.count("inbox where subscription = 'profiles-service-user-consumer'"))
}

func inTx(db *pg.DB, outbox *bus.Outbox, events ...bus.Payload) error {
	return db.Tx(context.Background(), func(ctx context.Context) error { return outbox.Publish(ctx, events...) })
}
