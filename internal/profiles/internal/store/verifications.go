package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/pg"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store/profilesdb"
)

// Verifications is the table of submissions and decisions, and their history.
type Verifications struct{ DB *pg.DB }

// Status is what became of a submission.
type Status string

// The statuses.
const (
	Pending   Status = "pending"
	Verified  Status = "verified"
	Rejected  Status = "rejected"
	Expired   Status = "expired"
	Replaced  Status = "replaced"  // by a newer submission, or by the decision on one
	Withdrawn Status = "withdrawn" // there was nothing left to look at
)

// Verification is a submission and the decision on it.
type Verification struct {
	ID          int64
	UserID      int64
	Status      Status // as of today
	Licence     Licence
	Documents   profiles.Documents // at the time of the submission
	SubmittedAt time.Time
	DecidedAt   *time.Time
	DecidedBy   int64 // 0: nobody, or no person
	Type        profiles.VerificationType
	Reason      string
	Note        string
	ExpiresOn   time.Time // the last day on which the decision stands; zero: no end
}

// Licence to practise, as the specialist names it; the zero value: none was named.
type Licence struct {
	Number    string
	Body      string    // who issued it
	Country   string    // ISO 3166
	ExpiresOn time.Time // zero: it does not
}

// Entry is a step in the history of a user's submissions.
type Entry struct {
	VerificationID int64
	At             time.Time
	ActorID        int64  // 0: the clock, or an event
	What           string // submitted, replaced, withdrawn, verified, rejected, revoked or expired
	Reason         string
	Note           string
}

// ByID returns one submission; ok is false when there is none.
func (t Verifications) ByID(ctx context.Context, id int64) (Verification, bool, error) {
	return foundVerification(queries.VerificationByID(ctx, t.DB.Q(ctx), id))
}

// Current is the submission that the user's state comes from: the pending one, else the last decided.
func (t Verifications) Current(ctx context.Context, userID int64) (Verification, bool, error) {
	return foundVerification(queries.VerificationCurrent(ctx, t.DB.Q(ctx), userID))
}

// With is the user's submission that is kept under this status; there is one at most of pending and verified.
func (t Verifications) With(ctx context.Context, userID int64, s Status) (Verification, bool, error) {
	return foundVerification(queries.VerificationWith(ctx, t.DB.Q(ctx), profilesdb.VerificationWithParams{UserID: userID, Status: string(s)}))
}

func foundVerification(v profilesdb.Verification, err error) (Verification, bool, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		return Verification{}, false, nil
	}
	return verificationRow(v), err == nil, err
}

// Insert adds a pending submission and returns its id.
func (t Verifications) Insert(ctx context.Context, userID int64, l Licence, d profiles.Documents) (int64, error) {
	return queries.VerificationInsert(ctx, t.DB.Q(ctx), profilesdb.VerificationInsertParams{
		UserID: userID, LicenceNumber: l.Number, LicenceBody: l.Body, LicenceCountry: l.Country, LicenceExpiresOn: dateOf(l.ExpiresOn),
		TitleID: d.TitleID, StudentCardID: d.StudentCardID, GraduationLetterID: d.GraduationLetterID})
}

// SetStatus changes what became of a submission.
func (t Verifications) SetStatus(ctx context.Context, id int64, s Status) error {
	return queries.VerificationSetStatus(ctx, t.DB.Q(ctx), profilesdb.VerificationSetStatusParams{ID: id, Status: string(s)})
}

// Decide writes the decision that v carries.
func (t Verifications) Decide(ctx context.Context, v Verification) error {
	return queries.VerificationDecide(ctx, t.DB.Q(ctx), profilesdb.VerificationDecideParams{ID: v.ID, Status: string(v.Status),
		DecidedBy: v.DecidedBy, Type: string(v.Type), Reason: v.Reason, Note: v.Note, ExpiresOn: dateOf(v.ExpiresOn)})
}

// SetState tells the specialist's profile where it stands: the state, and the decision that stands, if any.
func (t Verifications) SetState(ctx context.Context, userID int64, s profiles.VerificationState, standing Verification) error {
	return queries.SpecialistSetVerification(ctx, t.DB.Q(ctx), profilesdb.SpecialistSetVerificationParams{UserID: userID,
		State: string(s), Type: string(standing.Type), Until: dateOf(standing.ExpiresOn)})
}

// Withdraw ends whatever there is of the user's, and returns the ids.
func (t Verifications) Withdraw(ctx context.Context, userID int64) ([]int64, error) {
	return queries.VerificationsWithdraw(ctx, t.DB.Q(ctx), userID)
}

// Record adds to the user's history.
func (t Verifications) Record(ctx context.Context, userID int64, e Entry) error {
	return queries.VerificationRecord(ctx, t.DB.Q(ctx), profilesdb.VerificationRecordParams{UserID: userID,
		VerificationID: e.VerificationID, ActorID: e.ActorID, What: e.What, Reason: e.Reason, Note: e.Note})
}

// History is what happened to the user's submissions, newest first.
func (t Verifications) History(ctx context.Context, userID int64, limit int) ([]Entry, error) {
	rows, err := queries.VerificationHistory(ctx, t.DB.Q(ctx), profilesdb.VerificationHistoryParams{UserID: userID, MaxRows: int32(limit)})
	out := make([]Entry, len(rows))
	for i, r := range rows {
		out[i] = Entry{r.VerificationID, r.At, r.ActorID, r.What, r.Reason, r.Note}
	}
	return out, err
}

// Due are users whose decision has come to its end without being marked.
func (t Verifications) Due(ctx context.Context, limit int) ([]int64, error) {
	return queries.VerificationsDue(ctx, t.DB.Q(ctx), profilesdb.VerificationsDueParams{Today: dateOf(Today()), MaxRows: int32(limit)})
}

func verificationRow(v profilesdb.Verification) Verification {
	out := Verification{ID: v.ID, UserID: v.UserID, Status: Status(v.Status),
		Licence:     Licence{v.LicenceNumber, v.LicenceBody, v.LicenceCountry, timeOf(v.LicenceExpiresOn)},
		Documents:   profiles.Documents{TitleID: v.TitleID, StudentCardID: v.StudentCardID, GraduationLetterID: v.GraduationLetterID},
		SubmittedAt: v.SubmittedAt, DecidedAt: v.DecidedAt, DecidedBy: v.DecidedBy,
		Type: profiles.VerificationType(v.Type), Reason: v.Reason, Note: v.Note, ExpiresOn: timeOf(v.ExpiresOn)}
	if out.Status == Verified && Over(out.ExpiresOn) {
		out.Status = Expired
	}
	return out
}
