package web

import (
	"context"

	"agrovet/internal/platform/httpx"
)

// each makes the JSON of all rows from that of one.
func each[R, J any](one func(context.Context, R) J) func(context.Context, []R) []J {
	return func(ctx context.Context, rows []R) []J {
		out := make([]J, len(rows))
		for i, r := range rows {
			out[i] = one(ctx, r)
		}
		return out
	}
}

// paged makes the answer of a page.
func paged[J any](page httpx.Page[J], err error) (*httpx.Body[httpx.Page[J]], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}
