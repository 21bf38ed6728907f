-- What the tables hold that every module has.
insert into outbox (id, topic, type, key, data, trace) values (gen_random_uuid(), 'demo.events', 'demo.happened', '1', '{"id": 1, "name": "Ñandú"}', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
insert into inbox (event_id, subscription) values (gen_random_uuid(), 'demo');
insert into job (name, last_run_at) values ('demo', now());
insert into idempotency_key (user_id, key_hash, fingerprint, status, answer) values (2, sha256('key'), sha256('POST /api/adds/'), 201, 'sealed');
