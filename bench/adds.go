package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// adverts in the database when they are measured.
const marketAdds = 20_000

// measureAdds compares the marketplace's requests with the same statements in a bare handler.
func measureAdds(ctx context.Context, h *house) (rows []row, err error) {
	if err := h.stock(ctx); err != nil {
		return nil, err
	}
	ids, err := h.someAdds(ctx)
	if err != nil {
		return nil, err
	}
	sellers, err := h.sellers(ctx)
	if err != nil {
		return nil, err
	}
	return h.measureReplays(ctx,
		anonymous("page of adverts", always(apiAdds)),
		anonymous("adverts found by a common word", always(apiAdds+"?search=vaca")),
		anonymous("adverts near a place", always(apiAdds+"nearby/?lat=-17.3387&lon=-63.2505")),
		anonymous("one advert", func(n int) string { return apiAdds + ids[n%len(ids)] + "/" }),
		written("an advert", "AddInsert", func(n int) []byte { return publish(sellers[n%len(sellers)], newKey()) }))
}

// stock has the adverts be there.
func (h *house) stock(ctx context.Context) error {
	if err := h.settle(ctx); err != nil {
		return err
	}
	if err := h.seed(ctx, h.postgres.DSN(), "--adds", strconv.Itoa(marketAdds)); err != nil {
		return err
	}
	return h.asOwner(ctx, "vacuum analyze", "checkpoint")
}

// someAdds are the ids of the newest adverts.
func (h *house) someAdds(ctx context.Context) (ids []string, err error) {
	body, err := h.community.product.answer(ctx, get(apiAdds+"?page_size=100", ""))
	if err != nil {
		return nil, err
	}
	for _, a := range body.(map[string]any)["results"].([]any) {
		ids = append(ids, fmt.Sprint(int64(a.(map[string]any)["id"].(float64))))
	}
	return ids, nil
}

// sellers are the members who may publish: each may do so some hundred times an hour.
func (h *house) sellers(ctx context.Context) (all []member, err error) {
	c, err := dial(ctx, h.community.product.address, time.Minute)
	if err != nil {
		return nil, err
	}
	defer c.close()
	for _, m := range h.community.members {
		status, err := c.do(publish(m, newKey()))
		if err != nil {
			return nil, err
		}
		if status == 201 {
			all = append(all, m)
		}
	}
	if len(all) == 0 {
		return nil, errors.New("nobody may publish")
	}
	return all, nil
}

// publish is a request to publish an advert.
func publish(seller member, key string) []byte {
	return write(apiAdds, seller, key, nil, map[string]any{"title": "Vaca lechera Holstein", "price": "7500.00", "condition": "used", "unit": "cabeza", "country": "BO", "currency": "BOB",
		"description":   "Vaca de segundo parto, sana y mansa, 18 litros por día en dos ordeños. Vacunada contra fiebre aftosa y brucelosis. Entrega en Montero.",
		"location_name": "Montero, Santa Cruz", "latitude": -17.3387, "longitude": -63.2505})
}
