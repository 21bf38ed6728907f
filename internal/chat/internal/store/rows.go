package store

import "time"

// farAway is behind every time that there is.
var farAway = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)

// first is the only row of a result; ok is false when there is none.
func first[R, T any](rows []R, err error, of func(R) T) (v T, ok bool, _ error) {
	if err != nil || len(rows) == 0 {
		return v, false, err
	}
	return of(rows[0]), true, nil
}

// each makes something of all rows.
func each[R, T any](rows []R, of func(R) T) []T {
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = of(r)
	}
	return out
}
