package verify

// Common are the invariants of the tables that every module has (sql/platform).
func Common() []Invariant {
	return []Invariant{
		{Broken: "tables whose next id is taken already", Source: Sequences{}},
		{Broken: "destinations that are ahead of the outbox, so that events would not reach them", Source: Statement{
			SQL:    "select destination from outbox_cursor where position > coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'position')::regclass), 0)",
			Lock:   "lock table outbox in share row exclusive mode",
			Repair: "select setval(pg_get_serial_sequence('outbox', 'position'), max(position)) from outbox_cursor having max(position) > coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'position')::regclass), 0)",
		}},
		{Broken: "parked events that nobody tries again, since none of their key is due", Source: Rows{
			Table: "parked",
			Where: "r.next_try_at = 'infinity' and not exists (select from parked p where (p.subscription, p.topic, p.key) = (r.subscription, r.topic, r.key) and (p.id < r.id or p.next_try_at < 'infinity'))",
			// Who parks an event of the key, or takes one out, has the head's row.
			Repair: []string{"update parked set next_try_at = now() where id = any($1::text[]::bigint[])"},
		}},
		{Broken: "events that are parked (agrovet events list)", Source: Rows{Table: "parked", Where: "true"}},
		{Broken: "messages that are no events (agrovet events rejected)", Source: Rows{Table: "rejected", Where: "true"}},
	}
}
