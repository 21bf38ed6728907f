package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// adverts in the database when they are measured.
const marketAdds = 20_000

// measureAdds compares the marketplace's requests with the same statements in a bare handler.
func measureAdds(ctx context.Context, h *house) (rows []row, err error) {
	if err := h.stock(ctx); err != nil {
		return nil, err
	}
	for _, r := range []struct{ what, path string }{
		{"page of adverts", apiAdds},
		{"adverts found by a common word", apiAdds + "?search=vaca"},
		{"adverts near a place", apiAdds + "nearby/?lat=-17.3387&lon=-63.2505"},
	} {
		row, err := h.measureReplay(ctx, r.what, r.path, "", func(int) string { return r.path })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.what, err)
		}
		rows = append(rows, row)
	}
	ids, err := h.someAdds(ctx)
	if err != nil {
		return nil, err
	}
	one, err := h.measureReplay(ctx, "one advert", apiAdds+ids[0]+"/", ids[0], func(n int) string { return apiAdds + ids[n%len(ids)] + "/" })
	if err != nil {
		return nil, err
	}
	create, err := h.measureCreate(ctx)
	return append(rows, one, create), err
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

// measureReplay watches the product answer the first of some paths, and compares it with the peer doing the
// same for all of them. varying is what the paths differ in, in the first.
func (h *house) measureReplay(ctx context.Context, what, first, varying string, path func(n int) string) (row, error) {
	request := func(n int) []byte { return get(path(n), "") }
	r, err := h.watch(ctx, h.community.product, func(int) []byte { return get(first, "") })
	if err != nil {
		return row{}, err
	}
	r.Varying = varying
	at := first
	if varying != "" {
		at = strings.Replace(first, varying+"/", "{id}", 1)
	}
	if err := h.teach(ctx, "GET", at, r); err != nil {
		return row{}, err
	}
	if err := h.sameWork(ctx, get(first, ""), get(first, "")); err != nil {
		return row{}, err
	}
	d, err := byTurns(h.rounds, throughput(ctx, reading(h.community.product, request)), throughput(ctx, reading(h.community.bare, request)))
	return row{what: "GET " + what + ", against a bare handler with the same SQL", measured: perSecond(d.product), peer: perSecond(d.peer),
		rounds: d.ratios, limit: atLeast(0.7)}, err
}

// keyPrefix begins the idempotency keys of this program.
const keyPrefix = "bench-add-"

// What stands in statements for values that are new each time.
const (
	createdID = "{created}" // the id of the advert that they make
	keyHash   = "{key}"     // the hash of the request's key
)

// untilCommit leaves out what follows a request: the relay of its events.
func untilCommit(all []heard) []heard {
	for i, s := range all {
		if s.SQL == "commit" {
			return all[:i+1]
		}
	}
	return all
}

func replaced(in []heard, old, by string) {
	for _, s := range in {
		for i, v := range s.Values {
			if v != nil && *v == old {
				s.Values[i] = &by
			}
		}
	}
}

// measureCreate publishes adverts, with idempotency keys, event and search document.
func (h *house) measureCreate(ctx context.Context) (row, error) {
	sellers, err := h.sellers(ctx)
	if err != nil {
		return row{}, err
	}
	var keys atomic.Int64
	request := func(n int) []byte { return publish(sellers[n%len(sellers)], keys.Add(1)) }
	r, err := h.watch(ctx, h.community.product, request)
	if err != nil {
		return row{}, err
	}
	var made struct {
		ID          int64 `json:"id"`
		PublisherID int64 `json:"publisher_id"`
	}
	if err := json.Unmarshal(r.Answer, &made); err != nil {
		return row{}, err
	}
	r.Statements = untilCommit(r.Statements)
	replaced(r.Statements, strconv.FormatInt(made.ID, 10), createdID)
	for _, s := range r.Statements {
		if strings.HasPrefix(s.SQL, "insert into idempotency_key") {
			replaced(r.Statements, *s.Values[1], keyHash)
		}
	}
	r.Varying = strconv.FormatInt(made.PublisherID, 10)
	if err := h.teach(ctx, "POST", apiAdds, r); err != nil {
		return row{}, err
	}
	d, err := byTurns(h.rounds, throughput(ctx, reading(h.community.product, request)), throughput(ctx, reading(h.community.bare, request)))
	return row{what: "POST an advert, against a bare handler with the same SQL", measured: perSecond(d.product), peer: perSecond(d.peer),
		rounds: d.ratios, limit: atLeast(0.6)}, err
}

// sellers are the members who may publish: each may do so some hundred times an hour.
func (h *house) sellers(ctx context.Context) (all []member, err error) {
	c, err := dial(ctx, h.community.product.address, time.Minute)
	if err != nil {
		return nil, err
	}
	defer c.close()
	for i, m := range h.community.members {
		status, err := c.do(publish(m, -int64(i)-1))
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

// sellerHeader tells the peer, which knows no tokens, whose advert it is.
const sellerHeader = "X-Seller"

// publish is a request to publish an advert.
func publish(seller member, key int64) []byte {
	body, err := json.Marshal(map[string]any{"title": "Vaca lechera Holstein", "price": "7500.00", "condition": "used", "unit": "cabeza", "country": "BO", "currency": "BOB",
		"description":   "Vaca de segundo parto, sana y mansa, 18 litros por día en dos ordeños. Vacunada contra fiebre aftosa y brucelosis. Entrega en Montero.",
		"location_name": "Montero, Santa Cruz", "latitude": -17.3387, "longitude": -63.2505})
	if err != nil {
		panic(err) // it is constant
	}
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token %s\r\n%s: %d\r\nIdempotency-Key: %s%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		apiAdds, seller.token, sellerHeader, seller.id, keyPrefix, key, len(body), body)
}
