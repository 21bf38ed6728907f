copy block (id, user_id, blocked_id, at) from stdin;
1	3	2	2026-11-26 17:25:05.520557+00
\.

copy document (entry_id, room_id, seq, terms) from stdin;
4	1	3	{3706664521792757488}
6	1	5	{146537190866820848,553271430427451120,1980125454463409904,3584207593469386480}
\.

copy documented (one, reached_id, done_id, fence_id, fence_xid) from stdin;
t	6	6	6	2225
\.

copy entry (id, room_id, seq, kind, user_id, target_id, content, media_id, reply_to, client_key, created_at, edited_at, deleted_at) from stdin;
1	2	1	create	1	\N		\N	\N	\N	2026-11-26 17:25:05.494052+00	\N	\N
2	1	1	create	1	\N		\N	\N	\N	2026-11-26 17:25:05.494398+00	\N	\N
3	1	2	join	1	2		\N	\N	\N	2026-11-26 17:25:05.496674+00	\N	\N
4	1	3	message	2	\N	Hola	\N	\N	\N	2026-11-26 17:25:05.500747+00	\N	\N
5	1	4	edit	2	4	Hola	\N	\N	\N	2026-11-26 17:25:05.501462+00	\N	\N
6	1	5	message	1	\N	Todavía queda alfalfa en el galpón	\N	3	"a1"	2026-11-26 17:25:05.519331+00	\N	\N
\.

copy idempotency_key (user_id, key_hash, fingerprint, status, answer, created_at) from stdin;
2	\\x2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683	\\x6f45c9663af919d06cef627741d8501ec7f7116dde4450fe3ccc56c6d80aabbc	201	\\x7365616c6564	2026-11-26 17:25:05.504205+00
\.

copy inbox (event_id, subscription, received_at) from stdin;
ecc3ad82-e2c7-43d3-925c-50c79e9340e3	demo	2026-11-26 17:25:05.504205+00
01a218e3-c009-78db-b8b4-c220708f30e7	chat-service-notice-consumer	2026-11-26 17:25:08.747529+00
01a218e3-c009-78dd-acbe-b1f3c796a259	chat-service-notice-consumer	2026-11-26 17:25:08.747529+00
01a218e3-c009-78e3-97f6-e86cb9cc121e	chat-service-notice-consumer	2026-11-26 17:25:08.747529+00
01a218e3-c010-7811-8970-d018fe496555	chat-service-notice-consumer	2026-11-26 17:25:08.754427+00
01a218e3-c010-7827-a15d-5ccdb2e7848d	chat-service-notice-consumer	2026-11-26 17:25:08.754427+00
01a218e3-c014-78eb-9b0a-97482c6bca50	chat-service-notice-consumer	2026-11-26 17:25:08.757591+00
01a218e3-c014-78fa-9878-7b4e60f08352	chat-service-notice-consumer	2026-11-26 17:25:08.757591+00
01a218e3-c014-791e-a4a5-953d09259e92	chat-service-notice-consumer	2026-11-26 17:25:08.757591+00
01a218e3-c017-7038-a3ad-0839efa96de6	chat-service-notice-consumer	2026-11-26 17:25:08.759583+00
01a218e3-c017-7041-82c5-a53ce282f492	chat-service-notice-consumer	2026-11-26 17:25:08.759583+00
01a218e3-c017-709d-bd8f-62100b6baf22	chat-service-notice-consumer	2026-11-26 17:25:08.759583+00
01a218e3-c018-7e32-9961-fe44316a6957	chat-service-notice-consumer	2026-11-26 17:25:08.762044+00
01a218e3-c01c-755f-9770-e055aff6e693	chat-service-notice-consumer	2026-11-26 17:25:08.820732+00
01a218e3-c01c-756c-b006-b8f7cece3b4c	chat-service-notice-consumer	2026-11-26 17:25:08.820732+00
01a218e3-c01c-7570-9616-8f712ff78daf	chat-service-notice-consumer	2026-11-26 17:25:08.820732+00
01a218e3-c072-74e0-9ae9-468574eb10d6	chat-service-notice-consumer	2026-11-26 17:25:08.876249+00
01a218e3-c092-77ba-840b-724b8c486056	chat-service-notice-consumer	2026-11-26 17:25:08.888485+00
01a218e3-c095-7884-83d1-e06c78ba248f	chat-service-notice-consumer	2026-11-26 17:25:08.888485+00
01a218e3-c096-771a-9f32-c65ba452b85d	chat-service-notice-consumer	2026-11-26 17:25:08.888485+00
\.

copy job (name, last_run_at) from stdin;
demo	2026-11-26 17:25:05.504205+00
bus.purge	2026-11-26 17:25:05.865621+00
httpx.purge-keys	2026-11-26 17:25:05.924391+00
chat.forget	2026-11-26 17:26:38.02426+00
chat.document	2026-11-26 17:26:39.596493+00
\.

copy mark (room_id, user_id, kind, seq, at) from stdin;
1	1	delivered	4	2026-11-26 17:25:05.484427+00
2	1	delivered	1	2026-11-26 17:25:05.484427+00
2	2	delivered	1	2026-11-26 17:25:05.484427+00
1	2	delivered	3	2026-11-26 17:25:05.484427+00
\.

copy member (room_id, user_id, role, joined_at, joined_seq, from_seq, delivered_seq, read_seq, hidden, muted_until) from stdin;
1	1	owner	2026-11-26 17:25:05.473504+00	0	0	4	4	f	\N
2	1	member	2026-11-26 17:25:05.478257+00	0	0	1	1	f	\N
2	2	member	2026-11-26 17:25:05.478298+00	0	0	1	1	f	\N
1	2	member	2026-11-26 17:25:05.480173+00	0	0	3	0	f	\N
\.

copy outbox (position, id, topic, type, key, data, trace, internal, occurred_at) from stdin;
1	27d13bcf-cf2b-4f98-a1b0-4281a23cac57	demo.events	demo.happened	1	{"id": 1, "name": "Ñandú"}	00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01	f	2026-11-26 17:25:05.504758+00
\.

copy outbox_cursor (destination, position, updated_at) from stdin;
media-service-consumer	1	2026-11-26 17:25:06.315422+00
kafka	1	2026-11-26 17:26:42.295602+00
\.

copy parked (id, subscription, event_id, topic, type, key, data, trace, occurred_at, attempts, last_error, next_try_at, parked_at) from stdin;
\.

copy person (user_id, last_seen, hide_last_seen, gone, forgetting) from stdin;
1	\N	f	f	f
2	\N	f	f	f
3	\N	f	f	f
\.

copy rejected (id, subscription, place, reason, value, rejected_at) from stdin;
\.

copy revision (entry_id, number, content, media_id, until) from stdin;
4	1	Ola	\N	2026-11-26 17:25:05.519995+00
\.

copy room (id, is_private, low_id, high_id, about_add_id, name, created_by, created_at, last_seq, last_activity, members, gone) from stdin;
2	t	1	2	0		1	2026-11-26 17:25:05.465881+00	1	2026-11-26 17:25:05.465881+00	2	f
1	f	\N	\N	0	Vacas	1	2026-11-26 17:25:05.46515+00	5	2026-11-26 17:25:05.519782+00	2	f
\.

select setval('block_id_seq', 1, true);
select setval('entry_id_seq', 6, true);
select setval('outbox_position_seq', 1, true);
select setval('parked_id_seq', 1, false);
select setval('rejected_id_seq', 1, false);
select setval('room_id_seq', 2, true);
