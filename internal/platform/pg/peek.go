package pg

// Peek reads one row more than is wanted, to tell whether more follow.
func Peek[R any](limit int, read func(limit int) ([]R, error)) (rows []R, more bool, err error) {
	rows, err = read(limit + 1)
	if err != nil {
		return nil, false, err
	}
	if more = len(rows) > limit; more {
		rows = rows[:limit]
	}
	return rows, more, nil
}
