package synthetic

import (
	"fmt"
	"time"
)

func (g *generator) chat() []table {
	return []table{
		{"chat_chatroom", "id, name, participants_ids, is_private, created_at, last_activity", g.rooms},
		{"chat_chatmessage", "id, room_id, sender_id, content, media_id, timestamp, delivered, read, seen, read_at", g.messages},
		{"chat_chatmessagereceipt", "id, message_id, user_id, delivered, delivered_at, read, read_at", g.receipts},
	}
}

// people are who is in a room.
func (g *generator) people(room int) []int {
	a, b := g.users[(room*7)%len(g.users)], g.users[(room*7+1+room%5)%len(g.users)]
	switch {
	case room%77 == 0:
		return nil
	case room%55 == 0:
		return []int{a, a}
	case room%35 == 0: // one is not there any more
		return []int{a, 7 + 40*(room%(g.size.Users/40))}
	case room%33 == 0:
		return []int{a, b, g.users[(room*7+9)%len(g.users)]}
	case room%20 == 0: // the room before once more
		before := g.people(room - 1)
		if len(before) == 2 {
			return []int{before[1], before[0]}
		}
	}
	return []int{a, b}
}

// list is ids in JSON, in the spellings that the original's clients made.
func list(n int, ids []int) string {
	all := ""
	for i, id := range ids {
		if i > 0 {
			all += ", "
		}
		if n%4 == 1 || n%4 == 2 && i%2 == 0 {
			all += fmt.Sprintf("%q", fmt.Sprint(id))
		} else {
			all += fmt.Sprint(id)
		}
	}
	if n%91 == 90 {
		return fmt.Sprintf("%q", fmt.Sprintf("[%s]", all)) // a list in a text
	}
	return "[" + all + "]"
}

func (g *generator) rooms(put func(...any)) {
	for id := 1; id <= g.size.Rooms; id++ {
		put(id, unless(false, fmt.Sprintf("Sala %d", id)), list(id, g.people(id)), id%11 != 0 || id%33 == 0, at(id), unless(id%9 == 0, at(2*id)))
	}
}

// room is where a message is: some rooms have many.
func (g *generator) room(message int) int {
	n := (message * 7907) % g.size.Rooms
	if message%4 == 0 {
		n %= max(1, g.size.Rooms/50)
	}
	return 1 + n
}

func (g *generator) sender(message int) int {
	people := g.people(g.room(message))
	switch {
	case message%307 == 0:
		return 7 + 40*(message%(g.size.Users/40)) // not there any more
	case message%501 == 0 || len(people) == 0:
		return g.users[message%len(g.users)]
	}
	return people[(message/3)%len(people)]
}

// sent is when: not always in the order of ids, and often at the same moment.
func sent(message int) time.Time {
	return begun.Add(time.Duration(message/2+13*(message%7)) * time.Second)
}

func (g *generator) messages(put func(...any)) {
	for id := 1; id <= g.size.Messages; id++ {
		content := fmt.Sprintf("¿Tiene semilla de maíz %d?", id)
		switch {
		case id%100 == 0:
			content = "línea uno\nlínea dos\tcon \\N y \\."
		case id%400 == 1:
			content = ""
		}
		read := id%3 == 0
		put(id, g.room(id), g.sender(id), content, unless(id%10 != 0, g.medium(id)), sent(id), false, read, read, unless(!read, sent(id+5)))
	}
}

func (g *generator) receipts(put func(...any)) {
	id := 0
	for message := 1; message <= g.size.Messages; message++ {
		sender := g.sender(message)
		told := map[int]bool{}
		for _, p := range g.people(g.room(message)) {
			if p == sender && message%50 != 0 || told[p] {
				continue
			}
			told[p] = true
			id++
			delivered, read := message%10 < 8, message%10 < 6
			put(id, message, p, delivered, unless(!delivered || message%30 == 0, sent(message+2)), read, unless(!read, sent(message+4+message%9)))
		}
		if message%700 == 0 { // of somebody who is not in the room
			if p := g.users[message%len(g.users)]; !told[p] {
				id++
				put(id, message, p, true, sent(message), false, nil)
			}
		}
	}
}
