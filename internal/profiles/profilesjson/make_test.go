package profilesjson_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/geo"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/profilesjson"
)

var ana = profiles.Specialist{
	ID: 5, UserID: 7, Profession: "Agrónomo", ExperienceYears: 12, AboutUs: "Suelos y riego.",
	CanGiveConsultations: true, WorkImageIDs: []int64{31, 30},
	Documents: profiles.Documents{TitleID: 40, GraduationLetterID: 42}, Species: []string{"cultivos"}, Services: []string{"asesoria"},
	Place: profiles.Place{Latitude: new(-17.78629), Longitude: new(-63.18117), Name: "Santa Cruz",
		Rough: &geo.Point{Latitude: -17.791, Longitude: -63.17}},
	Verification: profiles.Verification{State: profiles.VerificationPending},
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

const anaForStrangers = `{
	"id":5, "user_id":7, "user_display":"Ana Flores", "profession":"Agrónomo", "experience_years":12,
	"about_us":"Suelos y riego.", "can_give_consultations":true, "can_offer_online_services":false,
	"verification_type":null, "verification_status":null, "is_verified":false, "verification_state":"none",
	"species":["cultivos"], "services":["asesoria"], "latitude":"-17.791", "longitude":"-63.170", "location_name":"Santa Cruz",
	"show_place":true, "distance_km":null,
	"work_images_ids":[31,30], "work_images":[], "work_images_full":[],
	"verification_title_id":null, "verification_student_card_id":null, "verification_graduation_letter_id":null,
	"verification_title_url":null, "verification_student_card_url":null, "verification_graduation_letter_url":null,
	"puntuations":0, "point":0}`

func TestStrangersSeeNoDocuments(t *testing.T) {
	require.JSONEq(t, anaForStrangers, jsonOf(t, profilesjson.NewSpecialist(ana, "Ana Flores", false)))
}

func TestOwnerSeesDocumentsButIsNotVerifiedByThem(t *testing.T) {
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(jsonOf(t, profilesjson.NewSpecialist(ana, "Ana Flores", true))), &got))
	require.EqualValues(t, 40, got["verification_title_id"])
	require.Nil(t, got["verification_student_card_id"])
	require.EqualValues(t, 42, got["verification_graduation_letter_id"])
	require.Equal(t, false, got["is_verified"])
	require.Nil(t, got["verification_status"])
	require.Equal(t, "pending", got["verification_state"])
	require.Equal(t, "-17.7862900", got["latitude"])
	require.Equal(t, "-63.1811700", got["longitude"])
}

func TestHiddenPlacesAreTheOwners(t *testing.T) {
	hidden := ana
	hidden.Place.Hidden, hidden.Place.Rough = true, nil
	others := profilesjson.NewSpecialist(hidden, "", false)
	require.Nil(t, others.Latitude)
	require.Nil(t, others.Longitude)
	require.Empty(t, others.LocationName)
	require.False(t, others.ShowPlace)
	require.Equal(t, "Santa Cruz", profilesjson.NewSpecialist(hidden, "", true).LocationName)
}

func TestWhoIsVerified(t *testing.T) {
	for kind, status := range map[profiles.VerificationType]string{
		profiles.Graduated: "verified_professional", profiles.Title: "verified_professional", profiles.Student: "verified_student",
	} {
		verified := ana
		verified.Verification = profiles.Verification{Verified: true, Type: kind, State: profiles.VerificationPending}
		for owner, state := range map[bool]string{false: "verified", true: "pending"} {
			got := profilesjson.NewSpecialist(verified, "", owner)
			require.True(t, got.IsVerified)
			require.Equal(t, string(kind), *got.VerificationType)
			require.Equal(t, status, *got.VerificationStatus)
			require.Equal(t, state, got.VerificationState)
		}
	}
}

func TestListsAreNeverNull(t *testing.T) {
	require.NotContains(t, jsonOf(t, profilesjson.NewBusinessman(profiles.Businessman{}, "")), "null")
	s := profilesjson.NewSpecialist(profiles.Specialist{}, "", false)
	require.Equal(t, []int64{}, s.WorkImagesIDs)
}

func TestBusinessmanAndConsumer(t *testing.T) {
	b := profiles.Businessman{ID: 5, UserID: 8, BusinessType: "Agroveterinaria", BusinessName: "El Corral", Descriptions: "d", Contact: "c", OffersLocalProducts: true, ProductIDs: []int64{3}}
	require.JSONEq(t, `{"id":5,"user_id":8,"user_display":"Luis","business_type":"Agroveterinaria","business_name":"El Corral",
		"descriptions":"d","contact":"c","offers_local_products":true,
		"products_and_services_ids":[3],"products_and_services":[],"products_and_services_full":[]}`,
		jsonOf(t, profilesjson.NewBusinessman(b, "Luis")))
	require.JSONEq(t, `{"id":0,"user_id":9,"user_display":"User 9"}`,
		jsonOf(t, profilesjson.NewConsumer(profiles.Consumer{UserID: 9}, "User 9")))
}

// What the API's documentation promises: every field is there, lists are lists, and a reader learns
// which fields may be null.
func TestDocumentation(t *testing.T) {
	registry := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	for _, shape := range []any{profilesjson.Specialist{}, profilesjson.Businessman{}, profilesjson.Consumer{}} {
		schema := registry.SchemaFromRef(registry.Schema(reflect.TypeOf(shape), true, "").Ref)
		var fields map[string]any
		require.NoError(t, json.Unmarshal([]byte(jsonOf(t, shape)), &fields))
		require.Len(t, schema.Required, len(fields))
		for name := range fields {
			property := schema.Properties[name]
			pointer := strings.HasPrefix(name, "verification_") && name != "verification_state"
			pointer = pointer || slices.Contains([]string{"latitude", "longitude", "distance_km"}, name)
			require.Equal(t, pointer, property.Nullable, name)
			require.Empty(t, property.Enum, name)
		}
	}
}
