-- Somebody is signed in on two devices, and has lost a password once.
insert into sessions (user_id, token_hash, device) values (2, sha256('telephone'), 'Teléfono'), (2, sha256('computer'), 'Computadora');
insert into codes (purpose, subject, user_id, phone, address, hash, salt, guesses, state, expires_at)
    select 'password', phone, id, phone, '192.0.2.1', sha256('123456'), sha256('salt'), 1, 'used', now() + interval '10 minutes' from users where id = 2;
-- Two came from the original while it ran beside: one with its token, which goes on.
insert into taken_over (id, token_hash, closed) values (2, sha256('token of the original'), false), (3, null, false);
