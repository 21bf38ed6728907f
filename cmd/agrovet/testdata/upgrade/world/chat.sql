-- A message was changed, another one is an answer, and somebody wants nothing of somebody.
insert into entry (room_id, seq, kind, user_id, content, reply_to, client_key) select id, 5, 'message', 1, 'Todavía queda alfalfa en el galpón', 3, '"a1"' from room where not is_private;
update room set last_seq = 5, last_activity = clock_timestamp() where not is_private;
insert into revision (entry_id, number, content) select id, 1, 'Ola' from entry where kind = 'message' and seq = 3;
insert into block (user_id, blocked_id) values (3, 2);
