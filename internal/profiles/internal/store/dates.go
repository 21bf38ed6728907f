package store

import (
	"time"

	"github.com/jackc/pgx/v5/pgtype"
)

// Dates are midnights in UTC; the zero time is no date, and null in the tables.

// Today is the date now.
func Today() time.Time { return time.Now().UTC().Truncate(24 * time.Hour) }

// Over says whether the day is over; no date never is.
func Over(day time.Time) bool { return !day.IsZero() && day.Before(Today()) }

func dateOf(day time.Time) pgtype.Date { return pgtype.Date{Time: day, Valid: !day.IsZero()} }

func timeOf(day pgtype.Date) time.Time {
	if !day.Valid {
		return time.Time{}
	}
	return day.Time
}
