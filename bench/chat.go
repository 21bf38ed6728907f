package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// The chat is measured over real sockets: its peer is "bare chat" (barechat.go), which stores the same rows
// by batched inserts and writes lean frames, and knows neither users nor members nor receipts.
// chatsocket.go is the clients, and then one file per group: chatsend.go, chatroom.go, chatidle.go.

// chatPeople is how many members the chat is measured with.
const chatPeople = 1024

// chatHouse is a product and a peer of their own, without what other measurements left in memory.
type chatHouse struct {
	*house
	product, bare *process
	people        []member
}

// openChat starts both.
func (h *house) openChat(ctx context.Context) (_ *chatHouse, err error) {
	if err := h.settle(ctx); err != nil {
		return nil, err
	}
	c := &chatHouse{house: h}
	defer func() {
		if err != nil {
			c.close()
		}
	}()
	if c.people, err = h.crowd(ctx, chatPeople); err != nil {
		return nil, err
	}
	if c.product, err = h.serve(ctx); err != nil {
		return nil, err
	}
	c.bare, err = h.serveBareChat(ctx)
	return c, err
}

func (c *chatHouse) close() {
	c.bare.stop()
	c.product.stop()
}

// crowd makes members with a session each by SQL: signing up would hash a thousand passwords. Those whom an
// earlier measurement made are there already.
func (h *house) crowd(ctx context.Context, n int) ([]member, error) {
	conn, err := h.owner(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	people := make([]member, n)
	phones, hashes := make([]string, n), make([][]byte, n)
	for i := range people {
		digest := sha256.Sum256(fmt.Append(nil, "chat bench ", i))
		people[i].token = hex.EncodeToString(digest[:20])
		held := sha256.Sum256([]byte(people[i].token))
		people[i].phone, hashes[i] = fmt.Sprintf("+5916%07d", i), held[:]
		phones[i] = people[i].phone
	}
	const insert = `with made as (
			insert into auth.users (phone, phone_typed, password, role, full_name, last_name, is_active, searchable)
			select phone, phone, '!', 'consumer', 'Rosa Mamani', 'Quispe', true, 'rosa mamani quispe consumer' from unnest($1::text[]) phone
			on conflict do nothing returning id, phone)
		insert into auth.sessions (user_id, token_hash, device)
		select made.id, held.hash, 'bench' from made join unnest($1::text[], $2::bytea[]) held(phone, hash) on held.phone = made.phone`
	if _, err := conn.Exec(ctx, insert, phones, hashes); err != nil {
		return nil, err
	}
	rows, err := conn.Query(ctx, "select id from auth.users where phone = any($1) order by phone", phones)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for i := 0; rows.Next(); i++ {
		if err := rows.Scan(&people[i].id); err != nil {
			return nil, err
		}
	}
	return people, rows.Err()
}

const apiRooms = "/api/chat/rooms/"

// room makes a room of these people, the first of whom asks for it.
func (c *chatHouse) room(ctx context.Context, private bool, people ...member) (id int64, err error) {
	ids := make([]int64, len(people))
	for i, m := range people {
		ids[i] = m.id
	}
	body, err := json.Marshal(map[string]any{"participants_ids": ids, "is_private": private, "name": "Banco de pruebas"})
	if err != nil {
		return 0, err
	}
	conn, err := dial(ctx, c.product.address, time.Minute)
	if err != nil {
		return 0, err
	}
	defer conn.close()
	status, err := conn.do(fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		apiRooms, people[0].token, len(body), body))
	if err == nil && status != http.StatusCreated && status != http.StatusOK {
		err = fmt.Errorf("make a room of %d: status %d: %.300s", len(people), status, conn.body)
	}
	if err != nil {
		return 0, err
	}
	var made struct {
		ID int64 `json:"id"`
	}
	return made.ID, json.Unmarshal(conn.body, &made)
}

// measureChat measures all of it on one product.
func measureChat(ctx context.Context, h *house) (rows []row, err error) {
	c, err := h.openChat(ctx)
	if err != nil {
		return nil, err
	}
	defer c.close()
	for _, measure := range []func(context.Context) ([]row, error){c.measureSend, c.measureFanOut, c.measureStalled, c.measureFrames} {
		more, err := measure(ctx)
		if err != nil {
			c.product.stop()
			return nil, fmt.Errorf("%w\n%s", err, c.product.words())
		}
		rows = append(rows, more...)
	}
	return rows, nil
}
