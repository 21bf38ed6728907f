package original

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/original"
	"agrovet/internal/platform/search"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

const (
	document  = "coalesce((select d.kept from known_media d where d.id = s.verification_"
	documents = document + "title_id), 0), " + document + "student_card_id), 0), " + document + "graduation_letter_id), 0)"
)

var specialist = kind{name: "specialist", from: "profiles_specialistprofile", read: readSpecialists, joins: "join original_specialist p on p.id = s.id",
	claimed: `concat(s.profession, s.about_us) <> '' or s.experience_years <> 0 or s.can_give_consultations or s.can_offer_online_services
		or cardinality(original_ids(s.work_images_ids)) > 0
		or num_nonnulls(s.verification_title_id, s.verification_student_card_id, s.verification_graduation_letter_id) > 0`,
	insert: `with fresh as (
			insert into specialist (id, user_id, claimed, profession, experience_years, about_us, can_give_consultations, can_offer_online_services,
				title_id, student_card_id, graduation_letter_id, puntuations, point, searchable)
			select {id}, c.user_id, {claimed}, p.profession, least(80, greatest(0, s.experience_years)), p.about, s.can_give_consultations, s.can_offer_online_services,
				` + documents + `, case when s.puntuations between 0 and 1e9 then s.puntuations else 0 end, s.point, p.searchable
			{chosen} order by s.id returning user_id),
		kept as ({kept}) ` + pictures("work_image", "work_images_ids"),
	follow: []string{submit},
	notes: append(pictureNotes("work_images_ids"),
		"select s.id, 'profession_unknown', s.profession {taken} and trim(s.profession) <> '' and exists (select from original_specialist p where p.id = s.id and p.profession = '')",
		"select s.id, 'years_out_of_range', s.experience_years::text {taken} and s.experience_years not between 0 and 80",
		`select s.id, 'document_unknown', string_agg('media ' || x.id, ' ') from (select s.* {taken}) s
			cross join lateral (values (s.verification_title_id), (s.verification_student_card_id), (s.verification_graduation_letter_id)) x(id)
			where x.id is not null and not exists (select from known_media d where d.id = x.id) group by s.id`,
		"select s.id, 'documents_await_staff', '' {taken} and exists (select from verification v where v.user_id = t.user_id and v.status = 'pending')"),
}

// submit puts documents before staff, once.
const submit = `with due as (
		insert into verification (user_id, title_id, student_card_id, graduation_letter_id)
		select t.user_id, t.title_id, t.student_card_id, t.graduation_letter_id {taken} and (t.title_id <> 0 or t.student_card_id <> 0 or t.graduation_letter_id <> 0)
			and not exists (select from verification v where v.user_id = t.user_id)
		order by s.id returning id, user_id),
	noted as (insert into verification_history (user_id, verification_id, actor_id, what) select user_id, id, 0, 'submitted' from due)
	update specialist t set verification_state = 'pending' from due where t.user_id = due.user_id`

// professions are those that there are.
var professions = []string{"Veterinario", "Agrónomo", "Zootecnista"}

// profession is the one that is meant, in whatever spelling; empty: none.
func profession(said string) string {
	for _, p := range professions {
		if search.Fold(p) == search.Fold(said) {
			return p
		}
	}
	return ""
}

// readSpecialists prepares a batch: what specialists are found by.
func readSpecialists(ctx context.Context, b original.Batch) error {
	rows, err := b.DB.Q(ctx).Query(ctx, "select id, profession, about_us from profiles_specialistprofile where id > $1 and id <= $2", b.Above, b.UpTo)
	if err != nil {
		return err
	}
	said, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct {
		ID                int64
		Profession, About string
	}])
	if err != nil {
		return err
	}
	_, err = b.DB.Q(ctx).CopyFrom(ctx, pgx.Identifier{"original_specialist"}, []string{"id", "profession", "about", "searchable"},
		pgx.CopyFromSlice(len(said), func(i int) ([]any, error) {
			s := profiles.Specialist{Profession: profession(said[i].Profession), AboutUs: strings.TrimSpace(said[i].About)}
			return []any{said[i].ID, s.Profession, s.AboutUs, store.Searchable(s)}, nil
		}))
	return err
}
