copy codes (id, purpose, subject, user_id, phone, typed, address, hash, salt, guesses, state, created_at, expires_at) from stdin;
1	password	+59170020002	2	+59170020002		192.0.2.1	\\x8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92	\\x63479ad69a090b258277ec8fba6f99419a2ffb248981510657c944ccd1148e97	1	used	2026-11-26 17:25:05.430584+00	2026-11-26 17:35:05.430584+00
\.

copy idempotency_key (user_id, key_hash, fingerprint, status, answer, created_at) from stdin;
2	\\x2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683	\\x6f45c9663af919d06cef627741d8501ec7f7116dde4450fe3ccc56c6d80aabbc	201	\\x7365616c6564	2026-11-26 17:25:05.426284+00
\.

copy inbox (event_id, subscription, received_at) from stdin;
ad4418eb-4820-42fc-a550-5cf8040f6918	demo	2026-11-26 17:25:05.426284+00
\.

copy job (name, last_run_at) from stdin;
demo	2026-11-26 17:25:05.426284+00
bus.purge	2026-11-26 17:25:05.933415+00
httpx.purge-keys	2026-11-26 17:25:06.074103+00
auth.purge-codes	2026-11-26 17:25:06.078449+00
auth.purge-sessions	2026-11-26 17:25:06.183693+00
\.

copy outbox (position, id, topic, type, key, data, trace, internal, occurred_at) from stdin;
72	01a218e3-8581-76a7-a788-c12c7d021d48	auth.media	media.shown	auth/picture/24	{"place": "auth/picture/24", "media_ids": [24]}		f	2026-11-26 17:24:53.761678+00
73	01a218e3-8582-7957-924c-804276783e5c	user.events	user.created	25	{"role": "consumer", "user_id": 25, "full_name": "Norma", "phone_number": "+59170020025"}		f	2026-11-26 17:24:53.762724+00
74	01a218e3-85ee-7aa5-bab0-ff6e5af49484	user.events	user.updated	25	{"role": "consumer", "user_id": 25, "full_name": "Norma", "is_active": true, "last_name": "Villca", "profile_picture": "/media/profiles/1795713893_1f192a9113d9741cdedf2b1dea915a2d_paisaje_25.jpg"}		f	2026-11-26 17:24:53.870856+00
75	01a218e3-85ee-7ac4-9851-d9a280214d48	auth.media	media.shown	auth/picture/25	{"place": "auth/picture/25", "media_ids": [25]}		f	2026-11-26 17:24:53.870873+00
76	01a218e3-85ef-7983-a573-061ec211a5d7	user.events	user.created	26	{"role": "consumer", "user_id": 26, "full_name": "Esteban", "phone_number": "+59170020026"}		f	2026-11-26 17:24:53.871728+00
77	01a218e3-863b-77d9-a070-64258fe92234	user.events	user.updated	26	{"role": "consumer", "user_id": 26, "full_name": "Esteban", "is_active": true, "last_name": "Ortiz", "profile_picture": "/media/profiles/1795713893_e3bd5dbf8df91f88014499b6f6568562_paisaje_26.jpg"}		f	2026-11-26 17:24:53.947831+00
78	01a218e3-863b-781c-a610-338ff390bf82	auth.media	media.shown	auth/picture/26	{"place": "auth/picture/26", "media_ids": [26]}		f	2026-11-26 17:24:53.947851+00
79	01a218e3-863c-7e1e-a358-b890400bd609	user.events	user.created	27	{"role": "consumer", "user_id": 27, "full_name": "Gladys", "phone_number": "+59170020027"}		f	2026-11-26 17:24:53.949083+00
80	01a218e3-8684-77d7-971f-bbd75128e023	user.events	user.updated	27	{"role": "consumer", "user_id": 27, "full_name": "Gladys", "is_active": true, "last_name": "Huanca", "profile_picture": "/media/profiles/1795713894_cc5bd6f8765de04c34b77086aa2fa0b0_paisaje_27.jpg"}		f	2026-11-26 17:24:54.020684+00
81	01a218e3-8684-77ee-8233-44dcd308f329	auth.media	media.shown	auth/picture/27	{"place": "auth/picture/27", "media_ids": [27]}		f	2026-11-26 17:24:54.020704+00
82	01a218e3-8685-754f-8b8a-8bfa73080e5a	user.events	user.created	28	{"role": "consumer", "user_id": 28, "full_name": "Ramón", "phone_number": "+59170020028"}		f	2026-11-26 17:24:54.021435+00
83	01a218e3-86d4-7080-b5b2-3b13f43551d6	user.events	user.updated	28	{"role": "consumer", "user_id": 28, "full_name": "Ramón", "is_active": true, "last_name": "Ayala", "profile_picture": "/media/profiles/1795713894_9e1cbc3eb875814071f6135676ffbe5b_paisaje_28.jpg"}		f	2026-11-26 17:24:54.100293+00
84	01a218e3-86d4-70a9-81c3-e80631fbe2d4	auth.media	media.shown	auth/picture/28	{"place": "auth/picture/28", "media_ids": [28]}		f	2026-11-26 17:24:54.10031+00
85	01a218e3-86d5-798c-a621-9e24712641dc	user.events	user.created	29	{"role": "consumer", "user_id": 29, "full_name": "Isabel", "phone_number": "+59170020029"}		f	2026-11-26 17:24:54.101832+00
86	01a218e3-871c-713d-b532-e55e7e2a853e	user.events	user.updated	29	{"role": "consumer", "user_id": 29, "full_name": "Isabel", "is_active": true, "last_name": "Cruz", "profile_picture": "/media/profiles/1795713894_48b0dc7733cbb562e762ca13f3e6389b_paisaje_29.jpg"}		f	2026-11-26 17:24:54.172197+00
87	01a218e3-871c-7153-9517-da353b7aad20	auth.media	media.shown	auth/picture/29	{"place": "auth/picture/29", "media_ids": [29]}		f	2026-11-26 17:24:54.17223+00
88	01a218e3-871d-713c-85e3-3f7ab0f963d4	user.events	user.created	30	{"role": "consumer", "user_id": 30, "full_name": "Damián", "phone_number": "+59170020030"}		f	2026-11-26 17:24:54.173184+00
89	01a218e3-8787-700a-8759-b0c13bde103e	user.events	user.updated	30	{"role": "consumer", "user_id": 30, "full_name": "Damián", "is_active": true, "last_name": "López", "profile_picture": "/media/profiles/1795713894_f6ec5641fa01b1024525e2e772e3d2dc_paisaje_30.jpg"}		f	2026-11-26 17:24:54.27916+00
90	01a218e3-8787-7029-a057-9865f5e27f17	auth.media	media.shown	auth/picture/30	{"place": "auth/picture/30", "media_ids": [30]}		f	2026-11-26 17:24:54.279173+00
91	a5fe5f45-0c2d-4305-a875-a778f3f08fef	demo.events	demo.happened	1	{"id": 1, "name": "Ñandú"}	00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01	f	2026-11-26 17:25:05.428923+00
\.

copy outbox_cursor (destination, position, updated_at) from stdin;
auth-service-sms	91	2026-11-26 17:25:06.237854+00
marketplace-service-user-consumer	91	2026-11-26 17:25:06.249221+00
chat-service-session-consumer	91	2026-11-26 17:25:06.256141+00
media-service-consumer	91	2026-11-26 17:25:06.63713+00
chat-service-user-consumer	91	2026-11-26 17:25:06.680044+00
profiles-service-user-consumer	91	2026-11-26 17:25:06.735251+00
foro-service-user-consumer	91	2026-11-26 17:25:07.109198+00
kafka	91	2026-11-26 17:26:42.096869+00
\.

copy parked (id, subscription, event_id, topic, type, key, data, trace, occurred_at, attempts, last_error, next_try_at, parked_at) from stdin;
\.

copy rejected (id, subscription, place, reason, value, rejected_at) from stdin;
\.

copy sessions (id, user_id, token_hash, device, created_at, last_used) from stdin;
1	2	\\x7339725159893c57c3f93fcf76ca715cae37512df0232819b63a35e08cb82aa1	Teléfono	2026-11-26 17:25:05.430584+00	2026-11-26 17:25:05.430584+00
2	2	\\xaa97302150fce811425cd84537028a5afbe37e3f1362ad45a51d467e17afdc9c	Computadora	2026-11-26 17:25:05.430584+00	2026-11-26 17:25:05.430584+00
\.

copy users (id, phone, phone_typed, password, role, full_name, last_name, picture, bio, latitude, longitude, is_active, is_staff, is_superuser, date_joined, last_login, searchable, picture_id) from stdin;
1	+59170020001	+591 70020001	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	specialist	Rosa	Mamani Quispe	/media/profiles/1795713890_049669ded9a0734013c28ab9ea32e8f6_paisaje_1.jpg	Médica veterinaria de bovinos y camélidos en el altiplano.	-17.3895	-66.1568	t	f	f	2026-11-26 17:24:50.914725+00	\N	rosa mamani quispe specialist	1
2	+59170020002	+591 70020002	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	specialist	Jorge	Vargas Rojas	/media/profiles/1795713891_ad2ad53dae865badba117ccf740c5157_paisaje_2.jpg	Agrónomo. Suelos, riego y maíz.	-17.7833	-63.1821	t	f	f	2026-11-26 17:24:50.985656+00	\N	jorge vargas rojas specialist	2
3	+59170020003	+591 70020003	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	specialist	Lucía	Fernández Paz	/media/profiles/1795713891_90e9924a5a146752a575657096bcd5cb_paisaje_3.jpg	Zootecnista, nutrición de cerdos y aves.	-17.3333	-66.2167	t	f	f	2026-11-26 17:24:51.071283+00	\N	lucia fernandez paz specialist	3
4	+59170020004	+591 70020004	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	specialist	Martín	Aguirre Soto	/media/profiles/1795713891_4504ed2b1ee02ae03067bfaab847057c_paisaje_4.jpg	Veterinario rural, guardias de noche.	-21.5355	-64.7296	t	f	f	2026-11-26 17:24:51.154131+00	\N	martin aguirre soto specialist	4
5	+59170020005	+591 70020005	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	specialist	Elena	Choque Flores	/media/profiles/1795713891_06d5e066e856cd4cba43e742200c7637_paisaje_5.jpg	Sanidad de ovejas y llamas.	-19.5836	-65.7531	t	f	f	2026-11-26 17:24:51.40412+00	\N	elena choque flores specialist	5
6	+59170020006	+591 70020006	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	specialist	Carlos	Suárez Méndez	/media/profiles/1795713891_8915c2553305ccd3474c41cc08bfc01c_paisaje_6.jpg	Reproducción e inseminación de ganado de leche.	-14.8333	-64.9	t	f	f	2026-11-26 17:24:51.500256+00	\N	carlos suarez mendez specialist	6
7	+59170020007	+591 70020007	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	specialist	Patricia	Gómez Lara	/media/profiles/1795713891_58ebb5f9d302c084aac38b2a2d0d7b2a_paisaje_7.jpg	Agrónoma, hortalizas bajo techo.	-24.7859	-65.4117	t	f	f	2026-11-26 17:24:51.779682+00	\N	patricia gomez lara specialist	7
8	+59170020008	+591 70020008	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	specialist	Hugo	Benítez Ríos	/media/profiles/1795713891_4c4e26d4cb664de411ad9d63978bc50e_paisaje_8.jpg	Veterinario de caballos de trabajo.	-25.2637	-57.5759	t	f	f	2026-11-26 17:24:51.872434+00	\N	hugo benitez rios specialist	8
9	+59170020009	+591 70020009	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	specialist	Ana María	Condori	/media/profiles/1795713892_2e5344f41372d3374b6c3dda23bc177f_paisaje_9.jpg	Papa nativa y quinua, manejo de plagas.	-16.5	-68.15	t	f	f	2026-11-26 17:24:51.960117+00	\N	ana maria condori specialist	9
10	+59170020010	+591 70020010	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	specialist	Ricardo	Pereyra	/media/profiles/1795713892_cb937e33fcfb31ebe090d17526684e60_paisaje_10.jpg	Pasturas y carga animal.	-31.4201	-64.1888	t	f	f	2026-11-26 17:24:52.059616+00	\N	ricardo pereyra specialist	10
11	+59170020011	+591 70020011	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	businessman	Agrovet El Corral		/media/profiles/1795713892_d8dd919af4c97bb683ab124fb86bdf8e_paisaje_11.jpg	Medicamentos, vacunas y alimentos.	-17.79	-63.17	t	f	f	2026-11-26 17:24:52.152104+00	\N	agrovet el corral  businessman	11
12	+59170020012	+591 70020012	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	businessman	La Casa del Ganadero		/media/profiles/1795713892_bfe526bb7bedfd83deb9489b25a274cf_paisaje_12.jpg	Sales minerales, aretes, equipo de ordeño.	-17.39	-66.15	t	f	f	2026-11-26 17:24:52.265063+00	\N	la casa del ganadero  businessman	12
13	+59170020013	+591 70020013	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	businessman	Semillas del Valle		/media/profiles/1795713892_9ff6ac26ac12d2ebe5bdb21c555c6f19_paisaje_13.jpg	Semilla certificada de maíz, trigo y soya.	-17.41	-66.03	t	f	f	2026-11-26 17:24:52.415667+00	\N	semillas del valle  businessman	13
14	+59170020014	+591 70020014	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	businessman	Agroinsumos Tarija		/media/profiles/1795713892_467cbc3803187d47fecbff3a0ff61bae_paisaje_14.jpg	Fertilizantes, viña y frutales.	-21.53	-64.73	t	f	f	2026-11-26 17:24:52.558341+00	\N	agroinsumos tarija  businessman	14
15	+59170020015	+591 70020015	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	businessman	Riego y Campo		/media/profiles/1795713892_da9550140b2cd57dfc477b47275d40f4_paisaje_15.jpg	Bombas, mangueras y goteo.	-16.52	-68.12	t	f	f	2026-11-26 17:24:52.683774+00	\N	riego y campo  businessman	15
16	+59170020016	+591 70020016	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	businessman	Veterinaria San Roque		/media/profiles/1795713892_fd6830ddbb3d741b45b893c50691ae0e_paisaje_16.jpg	Clínica y farmacia de animales.	-19.0333	-65.2627	t	f	f	2026-11-26 17:24:52.786791+00	\N	veterinaria san roque  businessman	16
17	+59170020017	+591 70020017	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	businessman	Cooperativa La Esperanza		/media/profiles/1795713893_3d60c82b7b310a9cb07f6de02cd996a6_paisaje_17.jpg	Acopio de leche y venta de insumos.	-17.25	-66.3	t	f	f	2026-11-26 17:24:52.895511+00	\N	cooperativa la esperanza  businessman	17
18	+59170020018	+591 70020018	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	businessman	Maquinarias del Oriente		/media/profiles/1795713893_8192a6f66ca021cdecf0d54508353907_paisaje_18.jpg	Tractores usados y repuestos.	-17.3333	-63.25	t	f	f	2026-11-26 17:24:53.04411+00	\N	maquinarias del oriente  businessman	18
19	+59170020019	+591 70020019	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	consumer	Pedro	Calle Nina	/media/profiles/1795713893_b8fde0f85df76dfa09f83243a1fb78e4_paisaje_19.jpg	Crío ovejas y unas llamas.	-18.48	-66.48	t	f	f	2026-11-26 17:24:53.179142+00	\N	pedro calle nina consumer	19
20	+59170020020	+591 70020020	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	consumer	Juana	Ticona	/media/profiles/1795713893_0f6c88b5425ce5b1251de119af0ec4b8_paisaje_20.jpg	Tengo diez vacas lecheras.	-16.65	-68.3	t	f	f	2026-11-26 17:24:53.290957+00	\N	juana ticona consumer	20
21	+59170020021	+591 70020021	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	consumer	Saturnino	Apaza	/media/profiles/1795713893_4a28d6a64f8ff73a15865934cdc23d00_paisaje_21.jpg	Papa, haba y cebada.	-16.3	-68.6	t	f	f	2026-11-26 17:24:53.366915+00	\N	saturnino apaza consumer	21
22	+59170020022	+591 70020022	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	consumer	Miguel Ángel	Roca	/media/profiles/1795713893_759096b9f7794dfd98e862aea6c5bad4_paisaje_22.jpg	Ganado de carne en el Beni.	-14.82	-64.92	t	f	f	2026-11-26 17:24:53.478856+00	\N	miguel angel roca consumer	22
23	+59170020023	+591 70020023	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	consumer	Teresa	Guzmán	/media/profiles/1795713893_8e8748f6753e932d33b432ddf6158f71_paisaje_23.jpg	Gallinas ponedoras y huerta.	-17.4	-66.16	t	f	f	2026-11-26 17:24:53.606587+00	\N	teresa guzman consumer	23
24	+59170020024	+591 70020024	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	consumer	Wilfredo	Céspedes	/media/profiles/1795713893_13e6a4d5ac4ee3fd2049ac984b4f4571_paisaje_24.jpg	Soya y sorgo, dos campañas.	-17.1	-62.9	t	f	f	2026-11-26 17:24:53.693177+00	\N	wilfredo cespedes consumer	24
25	+59170020025	+591 70020025	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	consumer	Norma	Villca	/media/profiles/1795713893_1f192a9113d9741cdedf2b1dea915a2d_paisaje_25.jpg	Quinua orgánica.	-19.9	-67.6	t	f	f	2026-11-26 17:24:53.762012+00	\N	norma villca consumer	25
26	+59170020026	+591 70020026	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	consumer	Esteban	Ortiz	/media/profiles/1795713893_e3bd5dbf8df91f88014499b6f6568562_paisaje_26.jpg	Cerdos de engorde.	-17.8	-63.1	t	f	f	2026-11-26 17:24:53.871076+00	\N	esteban ortiz consumer	26
27	+59170020027	+591 70020027	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	consumer	Gladys	Huanca	/media/profiles/1795713894_cc5bd6f8765de04c34b77086aa2fa0b0_paisaje_27.jpg	Apicultora, ochenta colmenas.	-21.4	-64.8	t	f	f	2026-11-26 17:24:53.948222+00	\N	gladys huanca consumer	27
28	+59170020028	+591 70020028	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	consumer	Ramón	Ayala	/media/profiles/1795713894_9e1cbc3eb875814071f6135676ffbe5b_paisaje_28.jpg	Caña y unas vacas.	-24.2	-65.2	t	f	f	2026-11-26 17:24:54.020875+00	\N	ramon ayala consumer	28
29	+59170020029	+591 70020029	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	consumer	Isabel	Cruz	/media/profiles/1795713894_48b0dc7733cbb562e762ca13f3e6389b_paisaje_29.jpg	Cuyes y forraje.	-16.409	-71.5375	t	f	f	2026-11-26 17:24:54.100783+00	\N	isabel cruz consumer	29
30	+59170020030	+591 70020030	$argon2id$v=19$m=19456,t=2,p=1$UkGeuz5nZrO49dpvNhUDiQ$EAYs9INqsI0srXJbVPYtw9Ei22YyvbWkN1iqaFg15hw	consumer	Damián	López	/media/profiles/1795713894_f6ec5641fa01b1024525e2e772e3d2dc_paisaje_30.jpg	Chivos y queso.	-22.73	-64.7	t	f	f	2026-11-26 17:24:54.17251+00	\N	damian lopez consumer	30
\.

select setval('codes_id_seq', 1, true);
select setval('outbox_position_seq', 91, true);
select setval('parked_id_seq', 1, false);
select setval('rejected_id_seq', 1, false);
select setval('sessions_id_seq', 2, true);
select setval('users_id_seq', 30, true);
