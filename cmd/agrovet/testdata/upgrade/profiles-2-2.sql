copy businessman (id, user_id, claimed, business_type, business_name, descriptions, contact, offers_local_products) from stdin;
1	11	t	Empresa Agropecuaria	Semillas del Valle	Semilla certificada de maíz, frijol y pastos mejorados. Ventas al por mayor y entrega en finca.	ventas@semillasdelvalle.example	t
2	12	t	Agroveterinaria	La Casa del Ganadero	Minerales, suplementos, aretes y equipo de ordeño. Atendemos también emergencias los fines de semana.	lacasadelganadero@example.com	f
3	13	t	Empresa Agropecuaria	Lácteos San Isidro	Acopio y procesamiento de leche de productores de la zona. Compramos todo el año con pago semanal.	acopio@sanisidro.example	t
4	14	t	Agroveterinaria	Agroservicio Los Laureles	Fertilizantes, herramientas y bombas de mochila. Análisis de suelo en alianza con la universidad.	loslaureles@example.com	t
5	15	t	Agroveterinaria	Agroveterinaria El Corral	Medicamentos, vacunas y alimento balanceado. Cadena de frío garantizada y asesoría en mostrador.	elcorral@example.com	t
6	16	t	Empresa Agropecuaria	Semillas del Valle	Semilla certificada de maíz, frijol y pastos mejorados. Ventas al por mayor y entrega en finca.	ventas@semillasdelvalle.example	t
7	17	t	Agroveterinaria	La Casa del Ganadero	Minerales, suplementos, aretes y equipo de ordeño. Atendemos también emergencias los fines de semana.	lacasadelganadero@example.com	f
8	18	t	Empresa Agropecuaria	Lácteos San Isidro	Acopio y procesamiento de leche de productores de la zona. Compramos todo el año con pago semanal.	acopio@sanisidro.example	t
\.

copy consumer (id, user_id, claimed) from stdin;
1	19	f
2	20	f
3	21	f
4	22	f
5	23	f
6	24	f
7	25	f
8	26	f
9	27	f
10	28	f
11	29	f
12	30	f
\.

copy idempotency_key (user_id, key_hash, fingerprint, status, answer, created_at) from stdin;
2	\\x2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683	\\x6f45c9663af919d06cef627741d8501ec7f7116dde4450fe3ccc56c6d80aabbc	201	\\x7365616c6564	2026-11-26 17:25:05.440299+00
\.

copy inbox (event_id, subscription, received_at) from stdin;
0fbb47dc-f1cf-4dd8-8229-5289aa41b648	demo	2026-11-26 17:25:05.440299+00
01a218e3-7fa9-795c-bebd-5c897bb52638	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-8040-736d-93c4-aa23415982b3	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-80ce-7cc6-a916-cbe619faaae8	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-814c-7426-9bd5-387222a982c0	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-81b3-7489-a364-efabae655601	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-8220-7077-b17b-0a60f2c25424	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-82b4-7ace-bbb5-73cc6ecf92b8	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-833c-7656-8c67-442f5eb93b8a	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-83ac-7066-81f4-711de1761e71	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-83f8-7495-accb-e4e15d71cf35	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-8467-7e75-a621-aa673c1b803e	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-84e7-7034-9020-87c2757a8618	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-853e-7830-97fd-8b52ec8863c7	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-8582-7957-924c-804276783e5c	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-85ef-7983-a573-061ec211a5d7	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-863c-7e1e-a358-b890400bd609	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-8685-754f-8b8a-8bfa73080e5a	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-86d5-798c-a621-9e24712641dc	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
01a218e3-871d-713c-85e3-3f7ab0f963d4	profiles-service-user-consumer	2026-11-26 17:25:06.050448+00
\.

copy job (name, last_run_at) from stdin;
demo	2026-11-26 17:25:05.440299+00
httpx.purge-keys	2026-11-26 17:25:05.654504+00
bus.purge	2026-11-26 17:25:05.86295+00
profiles.expire-verifications	2026-11-26 17:25:05.906433+00
\.

copy outbox (position, id, topic, type, key, data, trace, internal, occurred_at) from stdin;
51	01a218e3-92f3-78e9-84e3-2f48bbe40221	profiles.media	media.shown	profiles/products/16	{"place": "profiles/products/16", "media_ids": [61, 62]}		f	2026-11-26 17:24:57.204001+00
52	01a218e3-92f5-7be9-a4a8-444d14dc837b	profiles.events	profile.created	17	{"user_id": 17, "profile_id": 7, "profile_type": "businessman"}		f	2026-11-26 17:24:57.206826+00
53	01a218e3-93a3-7e44-ac3b-894bfbea94c7	profiles.events	profile.updated	17	{"user_id": 17, "profile_id": 7, "profile_type": "businessman"}		f	2026-11-26 17:24:57.380129+00
54	01a218e3-93a3-7e8e-b724-15c612f9aa94	profiles.media	media.shown	profiles/products/17	{"place": "profiles/products/17", "media_ids": [63, 64]}		f	2026-11-26 17:24:57.380142+00
55	01a218e3-93a5-758b-8b1d-0dbe92b530cb	profiles.events	profile.created	18	{"user_id": 18, "profile_id": 8, "profile_type": "businessman"}		f	2026-11-26 17:24:57.381881+00
56	01a218e3-9459-7bb7-9152-881f3d590252	profiles.events	profile.updated	18	{"user_id": 18, "profile_id": 8, "profile_type": "businessman"}		f	2026-11-26 17:24:57.561887+00
57	01a218e3-9459-7bec-a52b-b9348cd468c4	profiles.media	media.shown	profiles/products/18	{"place": "profiles/products/18", "media_ids": [65, 66]}		f	2026-11-26 17:24:57.561899+00
58	6f6a4264-99c7-4364-a929-27e3c0e2e5a4	demo.events	demo.happened	1	{"id": 1, "name": "Ñandú"}	00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01	f	2026-11-26 17:25:05.44073+00
59	01a218e3-b5a5-7e8d-bf0a-8b0f15e2e048	profiles.events	profile.created	19	{"user_id": 19, "profile_id": 1, "profile_type": "consumer"}		f	2026-11-26 17:25:06.233952+00
60	01a218e3-b5a6-730e-ac2d-4f9766b28188	profiles.events	profile.created	20	{"user_id": 20, "profile_id": 2, "profile_type": "consumer"}		f	2026-11-26 17:25:06.234032+00
61	01a218e3-b5a6-7584-8c25-2a8b7c393283	profiles.events	profile.created	21	{"user_id": 21, "profile_id": 3, "profile_type": "consumer"}		f	2026-11-26 17:25:06.234039+00
62	01a218e3-b5a6-77be-b9fa-7ae13e59c278	profiles.events	profile.created	22	{"user_id": 22, "profile_id": 4, "profile_type": "consumer"}		f	2026-11-26 17:25:06.234041+00
63	01a218e3-b5a6-79d4-9fcc-f5a45d641070	profiles.events	profile.created	23	{"user_id": 23, "profile_id": 5, "profile_type": "consumer"}		f	2026-11-26 17:25:06.234044+00
64	01a218e3-b5a6-7c0b-9f9e-d948953633de	profiles.events	profile.created	24	{"user_id": 24, "profile_id": 6, "profile_type": "consumer"}		f	2026-11-26 17:25:06.234046+00
65	01a218e3-b5a6-7e1d-817b-08f8bdcfcdb2	profiles.events	profile.created	25	{"user_id": 25, "profile_id": 7, "profile_type": "consumer"}		f	2026-11-26 17:25:06.234049+00
66	01a218e3-b5a7-70ec-956b-d6a264cab034	profiles.events	profile.created	26	{"user_id": 26, "profile_id": 8, "profile_type": "consumer"}		f	2026-11-26 17:25:06.234051+00
67	01a218e3-b5a7-72f2-9d25-a1fa4ec8a8c6	profiles.events	profile.created	27	{"user_id": 27, "profile_id": 9, "profile_type": "consumer"}		f	2026-11-26 17:25:06.234053+00
68	01a218e3-b5f2-7036-873e-48b64d6591bb	profiles.events	profile.created	28	{"user_id": 28, "profile_id": 10, "profile_type": "consumer"}		f	2026-11-26 17:25:06.234056+00
69	01a218e3-b62c-79ef-9818-fa4e0a2a25a7	profiles.events	profile.created	29	{"user_id": 29, "profile_id": 11, "profile_type": "consumer"}		f	2026-11-26 17:25:06.234058+00
70	01a218e3-b634-7b51-b31d-6b45a789b92a	profiles.events	profile.created	30	{"user_id": 30, "profile_id": 12, "profile_type": "consumer"}		f	2026-11-26 17:25:06.23406+00
\.

copy outbox_cursor (destination, position, updated_at) from stdin;
media-service-consumer	70	2026-11-26 17:25:07.226993+00
foro-service-profiles-consumer	70	2026-11-26 17:25:08.300465+00
kafka	70	2026-11-26 17:26:42.130152+00
\.

copy owner (user_id, kind) from stdin;
1	specialist
2	specialist
3	specialist
4	specialist
5	specialist
6	specialist
7	specialist
8	specialist
9	specialist
10	specialist
11	businessman
12	businessman
13	businessman
14	businessman
15	businessman
16	businessman
17	businessman
18	businessman
19	consumer
20	consumer
21	consumer
22	consumer
23	consumer
24	consumer
25	consumer
26	consumer
27	consumer
28	consumer
29	consumer
30	consumer
\.

copy parked (id, subscription, event_id, topic, type, key, data, trace, occurred_at, attempts, last_error, next_try_at, parked_at) from stdin;
\.

copy place_key (one, key) from stdin;
t	5e84274c-6bed-4bf2-b56d-2ccc0dd15e0c
\.

copy product (user_id, position, media_id) from stdin;
11	1	51
11	2	52
12	1	53
12	2	54
13	1	55
13	2	56
14	1	57
14	2	58
15	1	59
15	2	60
16	1	61
16	2	62
17	1	63
17	2	64
18	1	65
18	2	66
\.

copy rejected (id, subscription, place, reason, value, rejected_at) from stdin;
\.

copy specialist (id, user_id, claimed, profession, experience_years, about_us, can_give_consultations, can_offer_online_services, title_id, student_card_id, graduation_letter_id, puntuations, point, verification_state, verified_type, verified_until, species, services, latitude, longitude, location_name, show_place, rough_latitude, rough_longitude, cell, searchable) from stdin;
6	6	t	Veterinario	14	Médico veterinario de grandes animales. Atiendo partos, mastitis y planes sanitarios de hatos lecheros en la zona norte.	t	t	0	0	0	0	0	none		\N	{bovinos,equinos}	{consultas,domicilio,cirugia,vacunacion}	-17.3387	-63.2505	Montero, Santa Cruz	t	-17.328	-63.249	104623	veterinario montero, santa cruz bovinos equinos consultas domicilio cirugia vacunacion medico veterinario de grandes animales. atiendo partos, mastitis y planes sanitarios de hatos lecheros en la zona norte.
1	1	t	Agrónomo	9	Ingeniero agrónomo dedicado al café y al cacao: sombra, podas, manejo integrado de roya y broca, y análisis de suelos.	t	t	0	0	0	0	0	verified	graduated	\N	{cultivos}	{asesoria,laboratorio,en_linea}	-5.7089	-78.8078	Jaén, Cajamarca	t	-5.695	-78.799	121161	agronomo jaen, cajamarca cultivos asesoria laboratorio en_linea ingeniero agronomo dedicado al cafe y al cacao: sombra, podas, manejo integrado de roya y broca, y analisis de suelos.
3	3	t	Veterinario	6	Veterinaria de pequeñas especies y aves de traspatio. Jornadas de vacunación y desparasitación en comunidades rurales.	t	t	0	0	0	0	0	none		\N	{perros,gatos,aves}	{consultas,vacunacion,en_linea}	-17.3986	-66.2786	Quillacollo, Cochabamba	t	-17.404	-66.291	104617	veterinario quillacollo, cochabamba perros gatos aves consultas vacunacion en_linea veterinaria de pequenas especies y aves de traspatio. jornadas de vacunacion y desparasitacion en comunidades rurales.
4	4	t	Agrónomo	17	Especialista en riego por goteo y hortalizas bajo techo. Diseño, instalación y calendario de fertirriego.	t	f	0	0	0	0	0	none		\N	{cultivos}	{asesoria,domicilio}	-16.409	-71.5375	Arequipa	t	-16.416	-71.546	106048	agronomo arequipa cultivos asesoria domicilio especialista en riego por goteo y hortalizas bajo techo. diseno, instalacion y calendario de fertirriego.
5	5	t	Zootecnista	4	Trabajo con pequeños ganaderos en pastoreo rotacional, bancos de proteína y conservación de forrajes para el verano.	t	t	0	0	0	0	0	none		\N	{bovinos,ovinos,pastos}	{asesoria,en_linea}	1.2136	-77.2811	Pasto, Nariño	t	1.199	-77.284	131245	zootecnista pasto, narino bovinos ovinos pastos asesoria en_linea trabajo con pequenos ganaderos en pastoreo rotacional, bancos de proteina y conservacion de forrajes para el verano.
7	7	t	Agrónomo	9	Ingeniero agrónomo dedicado al café y al cacao: sombra, podas, manejo integrado de roya y broca, y análisis de suelos.	t	t	0	0	0	0	0	none		\N	{cultivos}	{asesoria,laboratorio,en_linea}	-5.7089	-78.8078	Jaén, Cajamarca	t	-5.724	-78.801	121161	agronomo jaen, cajamarca cultivos asesoria laboratorio en_linea ingeniero agronomo dedicado al cafe y al cacao: sombra, podas, manejo integrado de roya y broca, y analisis de suelos.
8	8	t	Zootecnista	11	Zootecnista. Formulo raciones para bovinos y porcinos con los insumos que hay en la finca y acompaño programas de mejora genética.	t	f	0	0	0	0	0	none		\N	{bovinos,porcinos}	{asesoria,inseminacion,domicilio}	8.7479	-75.8814	Montería, Córdoba	t	8.746	-75.869	142046	zootecnista monteria, cordoba bovinos porcinos asesoria inseminacion domicilio zootecnista. formulo raciones para bovinos y porcinos con los insumos que hay en la finca y acompano programas de mejora genetica.
9	9	t	Veterinario	6	Veterinaria de pequeñas especies y aves de traspatio. Jornadas de vacunación y desparasitación en comunidades rurales.	t	t	0	0	0	0	0	none		\N	{perros,gatos,aves}	{consultas,vacunacion,en_linea}	-17.3986	-66.2786	Quillacollo, Cochabamba	t	-17.404	-66.268	104617	veterinario quillacollo, cochabamba perros gatos aves consultas vacunacion en_linea veterinaria de pequenas especies y aves de traspatio. jornadas de vacunacion y desparasitacion en comunidades rurales.
10	10	t	Agrónomo	17	Especialista en riego por goteo y hortalizas bajo techo. Diseño, instalación y calendario de fertirriego.	t	f	0	0	0	0	0	none		\N	{cultivos}	{asesoria,domicilio}	-16.409	-71.5375	Arequipa	t	-16.412	-71.525	106048	agronomo arequipa cultivos asesoria domicilio especialista en riego por goteo y hortalizas bajo techo. diseno, instalacion y calendario de fertirriego.
2	2	t	Zootecnista	11	Zootecnista. Formulo raciones para bovinos y porcinos con los insumos que hay en la finca y acompaño programas de mejora genética.	t	f	0	0	0	0	0	verified	title	2099-12-31	{bovinos,porcinos}	{asesoria,inseminacion,domicilio}	8.7479	-75.8814	Montería, Córdoba	t	8.75	-75.876	142046	zootecnista monteria, cordoba bovinos porcinos asesoria inseminacion domicilio zootecnista. formulo raciones para bovinos y porcinos con los insumos que hay en la finca y acompano programas de mejora genetica.
\.

copy verification (id, user_id, status, licence_number, licence_body, licence_country, licence_expires_on, title_id, student_card_id, graduation_letter_id, submitted_at, decided_at, decided_by, type, reason, note, expires_on) from stdin;
1	1	verified	CMVC-0417	Colegio de Médicos Veterinarios de Cochabamba	BO	\N	0	0	0	2026-11-26 17:24:54.290925+00	2026-11-26 17:24:54.2938+00	0	graduated		Verificación de demostración.	\N
2	2	verified	CMV-1024	Colegio de Médicos Veterinarios	BO	\N	0	0	0	2026-11-26 17:25:05.442439+00	2026-11-26 17:25:05.441704+00	1	title			2099-12-31
\.

copy verification_history (id, user_id, verification_id, at, actor_id, what, reason, note) from stdin;
1	1	1	2026-11-26 17:24:54.291607+00	0	submitted		
2	1	1	2026-11-26 17:24:54.294006+00	0	verified		Verificación de demostración.
3	2	2	2026-11-26 17:25:05.442507+00	1	verified		
\.

copy work_image (user_id, position, media_id) from stdin;
1	1	31
1	2	32
2	1	33
2	2	34
3	1	35
3	2	36
4	1	37
4	2	38
5	1	39
5	2	40
6	1	41
6	2	42
7	1	43
7	2	44
8	1	45
8	2	46
9	1	47
9	2	48
10	1	49
10	2	50
\.

select setval('businessman_id_seq', 8, true);
select setval('consumer_id_seq', 12, true);
select setval('outbox_position_seq', 70, true);
select setval('parked_id_seq', 1, false);
select setval('rejected_id_seq', 1, false);
select setval('specialist_id_seq', 10, true);
select setval('verification_history_id_seq', 3, true);
select setval('verification_id_seq', 2, true);
