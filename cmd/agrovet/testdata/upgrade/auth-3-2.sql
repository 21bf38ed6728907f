copy codes (id, purpose, subject, user_id, phone, typed, address, hash, salt, guesses, state, created_at, expires_at) from stdin;
1	password	+59170020002	2	+59170020002		192.0.2.1	\\x8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92	\\x63479ad69a090b258277ec8fba6f99419a2ffb248981510657c944ccd1148e97	1	used	2026-11-26 18:01:49.942405+00	2026-11-26 18:11:49.942405+00
\.

copy idempotency_key (user_id, key_hash, fingerprint, status, answer, created_at) from stdin;
2	\\x2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683	\\x6f45c9663af919d06cef627741d8501ec7f7116dde4450fe3ccc56c6d80aabbc	201	\\x7365616c6564	2026-11-26 18:01:49.941282+00
\.

copy inbox (event_id, subscription, received_at) from stdin;
10b82d8a-e894-45d7-b491-fbd3217c221d	demo	2026-11-26 18:01:49.941282+00
\.

copy job (name, last_run_at) from stdin;
demo	2026-11-26 18:01:49.941282+00
httpx.purge-keys	2026-11-26 18:01:50.421728+00
auth.purge-sessions	2026-11-26 18:01:50.474503+00
auth.purge-codes	2026-11-26 18:01:50.526545+00
bus.purge	2026-11-26 18:01:50.689585+00
\.

copy outbox (position, id, topic, type, key, data, trace, internal, occurred_at) from stdin;
72	01a21905-360b-7730-99a1-115ec93802d2	auth.media	media.shown	auth/picture/24	{"place": "auth/picture/24", "media_ids": [24]}		f	2026-11-26 18:01:41.64365+00
73	01a21905-3614-7a36-a6ba-03399524e117	user.events	user.created	25	{"role": "consumer", "user_id": 25, "full_name": "Norma", "phone_number": "+59170020025"}		f	2026-11-26 18:01:41.670391+00
74	01a21905-3681-78b9-bee2-720b832d7706	user.events	user.updated	25	{"role": "consumer", "user_id": 25, "full_name": "Norma", "is_active": true, "last_name": "Villca", "profile_picture": "/media/profiles/1795716101_b90d4142f8a3006ed22ae4beb468f7d3_paisaje_25.jpg"}		f	2026-11-26 18:01:41.761706+00
75	01a21905-3681-78d2-8954-66fb49fdda58	auth.media	media.shown	auth/picture/25	{"place": "auth/picture/25", "media_ids": [25]}		f	2026-11-26 18:01:41.76172+00
76	01a21905-3688-7f25-a0e0-59f9a5693252	user.events	user.created	26	{"role": "consumer", "user_id": 26, "full_name": "Esteban", "phone_number": "+59170020026"}		f	2026-11-26 18:01:41.769158+00
77	01a21905-36d1-7b8b-bfc4-5ffba6c467f9	user.events	user.updated	26	{"role": "consumer", "user_id": 26, "full_name": "Esteban", "is_active": true, "last_name": "Ortiz", "profile_picture": "/media/profiles/1795716101_e3aac19d371c7a9e47dc08f7fa90b0dc_paisaje_26.jpg"}		f	2026-11-26 18:01:41.841887+00
78	01a21905-36d1-7ba9-a59d-8b088d6111a8	auth.media	media.shown	auth/picture/26	{"place": "auth/picture/26", "media_ids": [26]}		f	2026-11-26 18:01:41.841901+00
79	01a21905-36d2-762f-b620-a6715a503616	user.events	user.created	27	{"role": "consumer", "user_id": 27, "full_name": "Gladys", "phone_number": "+59170020027"}		f	2026-11-26 18:01:41.84249+00
80	01a21905-3714-7969-a16e-e824b10c442c	user.events	user.updated	27	{"role": "consumer", "user_id": 27, "full_name": "Gladys", "is_active": true, "last_name": "Huanca", "profile_picture": "/media/profiles/1795716101_dff9456caa3d6754d3250d5c83ca589d_paisaje_27.jpg"}		f	2026-11-26 18:01:41.908751+00
81	01a21905-3714-7982-a544-20fb64b27942	auth.media	media.shown	auth/picture/27	{"place": "auth/picture/27", "media_ids": [27]}		f	2026-11-26 18:01:41.908765+00
82	01a21905-3715-74db-ae69-f8256d7ecbd7	user.events	user.created	28	{"role": "consumer", "user_id": 28, "full_name": "Ramón", "phone_number": "+59170020028"}		f	2026-11-26 18:01:41.909396+00
83	01a21905-374b-745c-bada-7a47910597ea	user.events	user.updated	28	{"role": "consumer", "user_id": 28, "full_name": "Ramón", "is_active": true, "last_name": "Ayala", "profile_picture": "/media/profiles/1795716101_1473ff726cc9cef23d58d0a57efd4a05_paisaje_28.jpg"}		f	2026-11-26 18:01:41.963463+00
84	01a21905-374b-7473-9801-cf5f519c03bf	auth.media	media.shown	auth/picture/28	{"place": "auth/picture/28", "media_ids": [28]}		f	2026-11-26 18:01:41.963478+00
85	01a21905-374c-7149-bf8b-2299f9443e41	user.events	user.created	29	{"role": "consumer", "user_id": 29, "full_name": "Isabel", "phone_number": "+59170020029"}		f	2026-11-26 18:01:41.964217+00
86	01a21905-3789-7973-81cc-0e36977e38d8	user.events	user.updated	29	{"role": "consumer", "user_id": 29, "full_name": "Isabel", "is_active": true, "last_name": "Cruz", "profile_picture": "/media/profiles/1795716102_3a84c8bf204c5777bd36d7fed51e802f_paisaje_29.jpg"}		f	2026-11-26 18:01:42.025783+00
87	01a21905-3789-798b-84b7-3769853f8c36	auth.media	media.shown	auth/picture/29	{"place": "auth/picture/29", "media_ids": [29]}		f	2026-11-26 18:01:42.025797+00
88	01a21905-378a-775e-94d2-c7eba0840461	user.events	user.created	30	{"role": "consumer", "user_id": 30, "full_name": "Damián", "phone_number": "+59170020030"}		f	2026-11-26 18:01:42.026611+00
89	01a21905-37ce-7099-be31-c8011cfda7f1	user.events	user.updated	30	{"role": "consumer", "user_id": 30, "full_name": "Damián", "is_active": true, "last_name": "López", "profile_picture": "/media/profiles/1795716102_11a379dc6a0bd3608801a763e11a5047_paisaje_30.jpg"}		f	2026-11-26 18:01:42.094164+00
90	01a21905-37ce-70b8-8f7c-7e5d142e3b65	auth.media	media.shown	auth/picture/30	{"place": "auth/picture/30", "media_ids": [30]}		f	2026-11-26 18:01:42.094177+00
91	c1e020be-c626-4fd2-a4b1-e23d71324b42	demo.events	demo.happened	1	{"id": 1, "name": "Ñandú"}	00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01	f	2026-11-26 18:01:49.941571+00
\.

copy outbox_cursor (destination, position, updated_at) from stdin;
marketplace-service-user-consumer	91	2026-11-26 18:01:50.699768+00
auth-service-sms	91	2026-11-26 18:01:50.712332+00
chat-service-session-consumer	91	2026-11-26 18:01:50.745592+00
chat-service-user-consumer	91	2026-11-26 18:01:50.7569+00
profiles-service-user-consumer	91	2026-11-26 18:01:50.839584+00
media-service-consumer	91	2026-11-26 18:01:50.925119+00
foro-service-user-consumer	91	2026-11-26 18:01:51.119432+00
kafka	91	2026-11-26 18:02:08.491744+00
\.

copy parked (id, subscription, event_id, topic, type, key, data, trace, occurred_at, attempts, last_error, next_try_at, parked_at) from stdin;
\.

copy rejected (id, subscription, place, reason, value, rejected_at) from stdin;
\.

copy sessions (id, user_id, token_hash, device, created_at, last_used) from stdin;
1	2	\\x7339725159893c57c3f93fcf76ca715cae37512df0232819b63a35e08cb82aa1	Teléfono	2026-11-26 18:01:49.942405+00	2026-11-26 18:01:49.942405+00
2	2	\\xaa97302150fce811425cd84537028a5afbe37e3f1362ad45a51d467e17afdc9c	Computadora	2026-11-26 18:01:49.942405+00	2026-11-26 18:01:49.942405+00
\.

copy taken_over (id, token_hash, closed) from stdin;
2	\\xb4848464ba8d1d633c4a98a74246b40cc0e3b4a0bf7ce348b43be34117aa23fe	f
3	\N	f
\.

copy users (id, phone, phone_typed, password, role, full_name, last_name, picture, bio, latitude, longitude, is_active, is_staff, is_superuser, date_joined, last_login, searchable, picture_id) from stdin;
1	+59170020001	+591 70020001	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	specialist	Rosa	Mamani Quispe	/media/profiles/1795716099_1caad0fecd42ce5f4c3f87ca24c0a342_paisaje_1.jpg	Médica veterinaria de bovinos y camélidos en el altiplano.	-17.3895	-66.1568	t	f	f	2026-11-26 18:01:39.598407+00	\N	rosa mamani quispe specialist	1
2	+59170020002	+591 70020002	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	specialist	Jorge	Vargas Rojas	/media/profiles/1795716099_cbf5bb6f5a9ad9228be515111c16eb35_paisaje_2.jpg	Agrónomo. Suelos, riego y maíz.	-17.7833	-63.1821	t	f	f	2026-11-26 18:01:39.76514+00	\N	jorge vargas rojas specialist	2
3	+59170020003	+591 70020003	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	specialist	Lucía	Fernández Paz	/media/profiles/1795716099_de7b4fbac486098f9e867d26562fef3a_paisaje_3.jpg	Zootecnista, nutrición de cerdos y aves.	-17.3333	-66.2167	t	f	f	2026-11-26 18:01:39.824186+00	\N	lucia fernandez paz specialist	3
4	+59170020004	+591 70020004	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	specialist	Martín	Aguirre Soto	/media/profiles/1795716100_89c695d6dd9a2c6130332f0964adb004_paisaje_4.jpg	Veterinario rural, guardias de noche.	-21.5355	-64.7296	t	f	f	2026-11-26 18:01:39.929993+00	\N	martin aguirre soto specialist	4
5	+59170020005	+591 70020005	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	specialist	Elena	Choque Flores	/media/profiles/1795716100_6a5e35c570ec66badefbbf4ab49c3c54_paisaje_5.jpg	Sanidad de ovejas y llamas.	-19.5836	-65.7531	t	f	f	2026-11-26 18:01:40.056926+00	\N	elena choque flores specialist	5
6	+59170020006	+591 70020006	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	specialist	Carlos	Suárez Méndez	/media/profiles/1795716100_df2137a0b39f177a1f78d71540d40463_paisaje_6.jpg	Reproducción e inseminación de ganado de leche.	-14.8333	-64.9	t	f	f	2026-11-26 18:01:40.159515+00	\N	carlos suarez mendez specialist	6
7	+59170020007	+591 70020007	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	specialist	Patricia	Gómez Lara	/media/profiles/1795716100_574acdd7d5931ee89c466f63c1f9afc5_paisaje_7.jpg	Agrónoma, hortalizas bajo techo.	-24.7859	-65.4117	t	f	f	2026-11-26 18:01:40.312726+00	\N	patricia gomez lara specialist	7
8	+59170020008	+591 70020008	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	specialist	Hugo	Benítez Ríos	/media/profiles/1795716100_5efb18174a4d12720087dd531b45a345_paisaje_8.jpg	Veterinario de caballos de trabajo.	-25.2637	-57.5759	t	f	f	2026-11-26 18:01:40.374071+00	\N	hugo benitez rios specialist	8
9	+59170020009	+591 70020009	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	specialist	Ana María	Condori	/media/profiles/1795716100_21643ea667df10de35abe9ec08c2936b_paisaje_9.jpg	Papa nativa y quinua, manejo de plagas.	-16.5	-68.15	t	f	f	2026-11-26 18:01:40.445465+00	\N	ana maria condori specialist	9
10	+59170020010	+591 70020010	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	specialist	Ricardo	Pereyra	/media/profiles/1795716100_0fe155896afe46963dd0f4dd5baf45a7_paisaje_10.jpg	Pasturas y carga animal.	-31.4201	-64.1888	t	f	f	2026-11-26 18:01:40.510184+00	\N	ricardo pereyra specialist	10
11	+59170020011	+591 70020011	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	businessman	Agrovet El Corral		/media/profiles/1795716100_bf4f57ccbe50d05a706e0bed033a3799_paisaje_11.jpg	Medicamentos, vacunas y alimentos.	-17.79	-63.17	t	f	f	2026-11-26 18:01:40.578209+00	\N	agrovet el corral  businessman	11
12	+59170020012	+591 70020012	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	businessman	La Casa del Ganadero		/media/profiles/1795716100_0616c2772c3298433db5d1d0cc09c544_paisaje_12.jpg	Sales minerales, aretes, equipo de ordeño.	-17.39	-66.15	t	f	f	2026-11-26 18:01:40.652901+00	\N	la casa del ganadero  businessman	12
13	+59170020013	+591 70020013	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	businessman	Semillas del Valle		/media/profiles/1795716100_2651782698a1124a2968e263b6752e0c_paisaje_13.jpg	Semilla certificada de maíz, trigo y soya.	-17.41	-66.03	t	f	f	2026-11-26 18:01:40.722806+00	\N	semillas del valle  businessman	13
14	+59170020014	+591 70020014	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	businessman	Agroinsumos Tarija		/media/profiles/1795716100_f7f735cb8d08aab568af281982d061ed_paisaje_14.jpg	Fertilizantes, viña y frutales.	-21.53	-64.73	t	f	f	2026-11-26 18:01:40.784734+00	\N	agroinsumos tarija  businessman	14
15	+59170020015	+591 70020015	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	businessman	Riego y Campo		/media/profiles/1795716100_5cd8352fce4ed421a504f8bb98afeb4e_paisaje_15.jpg	Bombas, mangueras y goteo.	-16.52	-68.12	t	f	f	2026-11-26 18:01:40.844412+00	\N	riego y campo  businessman	15
16	+59170020016	+591 70020016	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	businessman	Veterinaria San Roque		/media/profiles/1795716100_c436845b8c17393fd8eb0f4e6065750f_paisaje_16.jpg	Clínica y farmacia de animales.	-19.0333	-65.2627	t	f	f	2026-11-26 18:01:40.910435+00	\N	veterinaria san roque  businessman	16
17	+59170020017	+591 70020017	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	businessman	Cooperativa La Esperanza		/media/profiles/1795716101_04a5b185699769db01df8f03e2cffe76_paisaje_17.jpg	Acopio de leche y venta de insumos.	-17.25	-66.3	t	f	f	2026-11-26 18:01:41.030068+00	\N	cooperativa la esperanza  businessman	17
18	+59170020018	+591 70020018	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	businessman	Maquinarias del Oriente		/media/profiles/1795716101_84a73b0a09ce66e9fbf1f7ef161b17e5_paisaje_18.jpg	Tractores usados y repuestos.	-17.3333	-63.25	t	f	f	2026-11-26 18:01:41.103294+00	\N	maquinarias del oriente  businessman	18
19	+59170020019	+591 70020019	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	consumer	Pedro	Calle Nina	/media/profiles/1795716101_90320eb2acbff2399711ef0d58f253e2_paisaje_19.jpg	Crío ovejas y unas llamas.	-18.48	-66.48	t	f	f	2026-11-26 18:01:41.191401+00	\N	pedro calle nina consumer	19
20	+59170020020	+591 70020020	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	consumer	Juana	Ticona	/media/profiles/1795716101_c56481e53cd0286bbc99279c24c59bda_paisaje_20.jpg	Tengo diez vacas lecheras.	-16.65	-68.3	t	f	f	2026-11-26 18:01:41.251144+00	\N	juana ticona consumer	20
21	+59170020021	+591 70020021	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	consumer	Saturnino	Apaza	/media/profiles/1795716101_1110e81bda9fc6a360c0d859af405e10_paisaje_21.jpg	Papa, haba y cebada.	-16.3	-68.6	t	f	f	2026-11-26 18:01:41.322359+00	\N	saturnino apaza consumer	21
22	+59170020022	+591 70020022	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	consumer	Miguel Ángel	Roca	/media/profiles/1795716101_9663b987d4f138a73fcd00763703e974_paisaje_22.jpg	Ganado de carne en el Beni.	-14.82	-64.92	t	f	f	2026-11-26 18:01:41.390718+00	\N	miguel angel roca consumer	22
23	+59170020023	+591 70020023	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	consumer	Teresa	Guzmán	/media/profiles/1795716101_79d23a45d195beff891bc82fff93a10a_paisaje_23.jpg	Gallinas ponedoras y huerta.	-17.4	-66.16	t	f	f	2026-11-26 18:01:41.458435+00	\N	teresa guzman consumer	23
24	+59170020024	+591 70020024	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	consumer	Wilfredo	Céspedes	/media/profiles/1795716101_930bf2eb26be001c41c06d6081dda829_paisaje_24.jpg	Soya y sorgo, dos campañas.	-17.1	-62.9	t	f	f	2026-11-26 18:01:41.518385+00	\N	wilfredo cespedes consumer	24
25	+59170020025	+591 70020025	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	consumer	Norma	Villca	/media/profiles/1795716101_b90d4142f8a3006ed22ae4beb468f7d3_paisaje_25.jpg	Quinua orgánica.	-19.9	-67.6	t	f	f	2026-11-26 18:01:41.643805+00	\N	norma villca consumer	25
26	+59170020026	+591 70020026	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	consumer	Esteban	Ortiz	/media/profiles/1795716101_e3aac19d371c7a9e47dc08f7fa90b0dc_paisaje_26.jpg	Cerdos de engorde.	-17.8	-63.1	t	f	f	2026-11-26 18:01:41.764464+00	\N	esteban ortiz consumer	26
27	+59170020027	+591 70020027	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	consumer	Gladys	Huanca	/media/profiles/1795716101_dff9456caa3d6754d3250d5c83ca589d_paisaje_27.jpg	Apicultora, ochenta colmenas.	-21.4	-64.8	t	f	f	2026-11-26 18:01:41.842037+00	\N	gladys huanca consumer	27
28	+59170020028	+591 70020028	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	consumer	Ramón	Ayala	/media/profiles/1795716101_1473ff726cc9cef23d58d0a57efd4a05_paisaje_28.jpg	Caña y unas vacas.	-24.2	-65.2	t	f	f	2026-11-26 18:01:41.908901+00	\N	ramon ayala consumer	28
29	+59170020029	+591 70020029	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	consumer	Isabel	Cruz	/media/profiles/1795716102_3a84c8bf204c5777bd36d7fed51e802f_paisaje_29.jpg	Cuyes y forraje.	-16.409	-71.5375	t	f	f	2026-11-26 18:01:41.963695+00	\N	isabel cruz consumer	29
30	+59170020030	+591 70020030	$argon2id$v=19$m=19456,t=2,p=1$/nEYvS1Y9CprTpHMtqhxDg$/v4FCkCqg/zai4Gy3S/MktjMcq6jI05wvoIVymFwO3s	consumer	Damián	López	/media/profiles/1795716102_11a379dc6a0bd3608801a763e11a5047_paisaje_30.jpg	Chivos y queso.	-22.73	-64.7	t	f	f	2026-11-26 18:01:42.02604+00	\N	damian lopez consumer	30
\.

select setval('codes_id_seq', 1, true);
select setval('outbox_position_seq', 91, true);
select setval('parked_id_seq', 1, false);
select setval('rejected_id_seq', 1, false);
select setval('sessions_id_seq', 2, true);
select setval('users_id_seq', 30, true);
