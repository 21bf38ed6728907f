copy affinity (user_id, author_id, weight) from stdin;
18	11	1
21	11	1
24	11	1
12	21	2
15	21	2
8	1	1
11	1	1
12	19	3
15	19	3
18	19	2
1	19	6
5	19	3
8	19	3
14	19	3
17	19	1
6	1	1
9	1	1
3	19	5
6	19	5
9	19	5
11	19	6
15	11	2
11	21	6
19	12	3
20	12	2
29	1	2
5	1	3
2	1	6
3	1	4
4	3	1
7	3	1
10	3	1
13	3	1
16	3	1
19	3	1
4	1	2
7	1	2
10	1	2
13	1	2
5	4	3
6	5	1
9	5	1
12	5	1
15	5	1
6	4	2
9	4	2
12	4	2
15	4	2
18	4	2
21	4	2
7	6	3
8	7	1
11	7	1
14	7	1
2	11	3
12	11	9
13	12	1
13	11	2
16	11	2
3	20	1
6	20	1
21	19	4
2	21	9
3	2	8
6	2	6
9	2	6
12	2	5
15	2	4
18	2	2
3	21	4
6	21	2
9	21	2
19	1	6
20	19	17
23	19	5
26	19	4
29	19	4
2	19	14
20	1	6
23	1	5
26	1	5
21	20	6
24	20	6
27	20	4
30	20	4
22	21	2
25	21	2
\.

copy alike_text (user_id, alike, times, since) from stdin;
19	-8417500899122255911	1	2026-11-26 17:25:04.835179+00
2	-1416861053946871017	1	2026-11-26 17:25:04.838778+00
19	-1440441106912167161	1	2026-11-26 17:25:04.857364+00
20	-3612875692034033483	1	2026-11-26 17:25:04.865263+00
21	6847988119492482119	1	2026-11-26 17:25:04.872414+00
2	5171217896330847121	1	2026-11-26 17:25:04.873149+00
11	2154957315411383661	1	2026-11-26 17:25:04.880548+00
19	-2982378894647058901	1	2026-11-26 17:25:04.88907+00
20	5924052685456796887	1	2026-11-26 17:25:04.890018+00
1	-508837097605806623	1	2026-11-26 17:25:04.8971+00
19	-3929526832695529833	1	2026-11-26 17:25:04.916894+00
2	432182705864337603	1	2026-11-26 17:25:04.917596+00
19	-8189398477439235181	1	2026-11-26 17:25:04.937896+00
1	-979752795161653815	1	2026-11-26 17:25:04.938536+00
2	8796376601493197223	1	2026-11-26 17:25:04.949484+00
19	-5895528968162654697	1	2026-11-26 17:25:04.966269+00
11	8403617904293019409	1	2026-11-26 17:25:04.966867+00
20	2455937693243082951	1	2026-11-26 17:25:04.978556+00
21	8668245007546010545	1	2026-11-26 17:25:04.983146+00
11	474878631643795447	1	2026-11-26 17:25:04.983735+00
12	-9163988459930805959	1	2026-11-26 17:25:04.997647+00
12	-8312142473638442303	1	2026-11-26 17:25:04.999166+00
1	1427191537609285707	1	2026-11-26 17:25:05.020056+00
1	74674074578562879	1	2026-11-26 17:25:05.059274+00
1	2830723500575715413	1	2026-11-26 17:25:05.146943+00
2	-2650989430694171681	1	2026-11-26 17:25:05.150305+00
3	-721643230925025745	1	2026-11-26 17:25:05.157642+00
4	-7705873644732941135	1	2026-11-26 17:25:05.170734+00
5	-6659594076044753055	1	2026-11-26 17:25:05.171675+00
6	-627727837252630195	1	2026-11-26 17:25:05.19454+00
7	-6307745395504017893	1	2026-11-26 17:25:05.195156+00
11	1931494169323462745	1	2026-11-26 17:25:05.204161+00
12	8235252957132894095	1	2026-11-26 17:25:05.205062+00
2	-5963109718997577843	1	2026-11-26 17:25:05.215223+00
11	-2428816421006152113	1	2026-11-26 17:25:05.248255+00
12	1389311297277888305	1	2026-11-26 17:25:05.249387+00
19	-7119606849916821511	1	2026-11-26 17:25:05.264605+00
2	8372334436690900739	1	2026-11-26 17:25:05.265714+00
20	-6849051528515644145	1	2026-11-26 17:25:05.280003+00
21	6870260121235641497	1	2026-11-26 17:25:05.288998+00
2	8458066975561812355	1	2026-11-26 17:25:05.289598+00
19	-4930889574949250277	1	2026-11-26 17:25:05.321775+00
20	-5967550542885231779	1	2026-11-26 17:25:05.322502+00
21	6266569798882833483	1	2026-11-26 17:25:05.330809+00
2	-6126029903476753619	1	2026-11-26 17:25:05.331516+00
19	3608014074558205555	1	2026-11-26 17:25:05.350938+00
1	-5526673450626428163	1	2026-11-26 17:25:05.356139+00
1	9201365792350055599	1	2026-11-26 17:25:05.36133+00
20	-7015700120216416365	1	2026-11-26 17:25:05.373645+00
21	-6076953690299819575	1	2026-11-26 17:25:05.382055+00
2	4711	2	2026-11-26 17:25:05.523713+00
\.

copy ban (community_id, user_id, by_id, at) from stdin;
5	3	1	2026-11-26 17:25:05.526585+00
\.

copy comment (id, post_id, parent_id, depth, user_id, anonymous, content, media_id, state, version, created_at, updated_at, edited_at, validations, replies_count, likes, dislikes, hearts) from stdin;
2	1	1	1	19	f	Gracias doctor. Vino el técnico, le puso el calcio y a la media hora se paró. Ya está comiendo.	\N	visible	1	2026-10-27 20:49:04.82575+00	2026-10-27 20:49:04.82575+00	\N	0	0	4	0	1
1	1	\N	0	2	f	Por lo que cuenta parece fiebre de leche (hipocalcemia). Es una urgencia, se trata con calcio por la vena y lo tiene que poner alguien que sepa, porque muy rápido le puede parar el corazón. Manténgala echada sobre el pecho, nunca de costado, y no le dé líquidos a la fuerza.	\N	visible	1	2026-10-27 18:33:04.82575+00	2026-10-27 18:33:04.82575+00	\N	1	1	1	0	0
3	1	\N	0	20	f	A mí me pasó lo mismo el año pasado. Desde entonces en el último mes de preñez les saco la sal mineral con mucho calcio y no volvió a pasar.	\N	visible	1	2026-10-27 23:34:04.82575+00	2026-10-27 23:34:04.82575+00	\N	0	0	0	0	0
4	2	\N	0	2	f	No aumente la dosis. Eso es resistencia, y subir la dosis la empeora y deja residuos en la leche y la carne. Pida en el laboratorio de su zona una prueba de sensibilidad con garrapatas vivas y rote a otra familia de producto, no a otra marca de lo mismo.	\N	visible	1	2026-10-29 21:12:48.400366+00	2026-10-29 21:12:48.400366+00	\N	1	0	3	0	2
5	2	\N	0	11	f	Revise también que el baño moje bien la oreja y debajo de la cola. Muchas veces el problema es el volumen, para un animal grande son por lo menos cuatro litros.	\N	visible	1	2026-10-29 21:33:48.400366+00	2026-10-29 21:33:48.400366+00	\N	0	0	3	0	2
6	3	\N	0	20	f	Es la luz. Póngales un foco dos horas antes de que amanezca, que junten catorce horas con la luz del día, y en dos o tres semanas vuelven.	\N	visible	1	2026-10-31 19:29:00.314184+00	2026-10-31 19:29:00.314184+00	\N	0	0	2	0	0
7	3	\N	0	1	f	Además de la luz, solo maíz les da poca proteína. Agregue un alimento de postura o por lo menos torta de soya, y conchilla molida aparte para el calcio.	\N	visible	1	2026-10-31 20:33:00.314184+00	2026-10-31 20:33:00.314184+00	\N	0	0	2	0	2
8	4	\N	0	2	f	Ninguno de los dos. Se desparasita cuando hace falta, con un análisis de heces de unas diez ovejas antes de la época de lluvias y otro después. Cada mes solo sirve para criar gusanos resistentes. Ojo con las alpacas, la dosis no es la de la oveja.	\N	visible	1	2026-11-02 18:05:59.009613+00	2026-11-02 18:05:59.009613+00	\N	1	0	1	0	0
10	5	9	1	19	f	¿Puedo usar gallinaza en lugar de urea?	\N	visible	1	2026-11-04 18:20:54.94156+00	2026-11-04 18:20:54.94156+00	\N	0	0	4	0	2
11	5	9	1	2	f	Sí, pero bien compostada y para la próxima siembra, este cultivo ya la recibiría tarde.	\N	visible	1	2026-11-04 20:21:54.94156+00	2026-11-04 20:21:54.94156+00	\N	0	0	5	0	1
9	5	\N	0	1	f	Esa V amarilla que empieza en las hojas viejas es falta de nitrógeno. Con tanta lluvia en suelo arenoso se lavó. Aplique urea incorporada, unos dos quintales por hectárea partidos en dos veces, y mejor cuando el suelo esté húmedo pero no encharcado.	\N	visible	1	2026-11-04 16:33:54.94156+00	2026-11-04 16:33:54.94156+00	\N	0	2	2	0	1
12	6	\N	0	11	f	A esa edad siempre por cabeza, entre doce y quince kilos por kilo vivo sale perdiendo. Pregunte en tres lugares y pida que se los lleven todos, así no se queda con los chicos.	\N	visible	1	2026-11-06 11:08:49.585658+00	2026-11-06 11:08:49.585658+00	\N	0	0	0	0	2
13	6	\N	0	20	f	Yo los publiqué aquí en los anuncios y se vendieron en dos días.	\N	visible	1	2026-11-06 12:00:49.585658+00	2026-11-06 12:00:49.585658+00	\N	0	0	2	0	0
14	7	\N	0	11	f	No se pierden, quedan esperando y salen cuando vuelve la señal. Yo atiendo así a mis clientes.	\N	visible	1	2026-11-08 05:13:34.053853+00	2026-11-08 05:13:34.053853+00	\N	0	0	1	0	0
16	8	15	1	12	f	Solo la guía y el certificado de vacunación contra aftosa, en la puerta se revisa.	\N	visible	1	2026-11-10 00:07:47.570062+00	2026-11-10 00:07:47.570062+00	\N	0	0	0	0	0
15	8	\N	0	19	f	¿Hay que registrarse para llevar animales?	\N	visible	1	2026-11-09 20:51:47.570062+00	2026-11-09 20:51:47.570062+00	\N	0	1	4	0	1
18	9	17	1	1	f	Entre 40,6 y 41,7, pero en aves sirve más ver cómo respiran y si comen.	\N	visible	1	2026-11-11 15:51:55.482309+00	2026-11-11 15:51:55.482309+00	\N	0	0	0	0	1
17	9	\N	0	19	f	Muy útil, lo guardo. ¿Y gallinas?	\N	visible	1	2026-11-11 13:34:55.482309+00	2026-11-11 13:34:55.482309+00	\N	0	1	2	0	0
19	10	\N	0	2	f	Medir la transferencia de calostro con un refractómetro en los que nacen ahora, y separar los que nacen en potrero limpio cada semana. En mi experiencia a esa edad son rotavirus y criptosporidio, y el antibiótico no cambia nada.	\N	visible	1	2026-11-13 03:17:06.907041+00	2026-11-13 03:17:06.907041+00	\N	1	0	0	0	0
20	10	\N	0	3	f	Vacunar a las madres en el último tercio para la próxima parición y revisar el agua de los bebederos.	\N	visible	1	2026-11-13 06:19:06.907041+00	2026-11-13 06:19:06.907041+00	\N	0	0	4	0	2
21	11	\N	0	5	f	Subcutánea 400 cada diez días, tres veces, y baño local en las lesiones con costra. Pero primero raspado, la mitad de lo que me llega como sarna es dermatofitosis.	\N	visible	1	2026-11-14 16:50:11.241666+00	2026-11-14 16:50:11.241666+00	\N	0	0	2	0	2
22	12	\N	0	7	f	Primeras pústulas de roya de la hoja, espigazón, 2.600 metros. Incidencia del cinco por ciento, todavía no aplicamos.	\N	visible	1	2026-11-16 05:06:34.805515+00	2026-11-16 05:06:34.805515+00	\N	0	0	1	0	2
23	13	\N	0	12	f	Heladera con tapa arriba, que pierde menos frío, y la lleno con botellas de agua. Aguanta ocho horas cerrada. Y un termómetro de máxima y mínima, lo que pasó de ocho grados no se vende.	\N	visible	1	2026-11-17 15:54:15.183724+00	2026-11-17 15:54:15.183724+00	\N	0	0	0	0	0
24	13	\N	0	2	f	Importante, congelada también se daña. Que la vacuna no toque la pared ni los paquetes de hielo.	\N	visible	1	2026-11-17 19:45:15.183724+00	2026-11-17 19:45:15.183724+00	\N	1	0	2	0	2
25	14	\N	0	12	f	Letra de cambio con un garante del mismo pueblo, y nunca más de un tercio del valor esperado. Y en la cooperativa revisamos entre todos quién debe ya.	\N	visible	1	2026-11-18 22:20:34.386669+00	2026-11-18 22:20:34.386669+00	\N	0	0	1	0	0
26	15	\N	0	2	f	Tiene derecho a ver el análisis y a una contramuestra. Puede comprar un lactodensímetro, cuesta poco, la leche normal está entre 1,028 y 1,033 a quince grados. Anote cada día lo suyo y lo de ellos.	\N	visible	1	2026-11-20 07:39:08.96854+00	2026-11-20 07:39:08.96854+00	\N	1	0	3	0	0
27	15	\N	0	20	f	Nosotros nos juntamos ocho y pedimos el análisis todos el mismo día. Desde ahí lo entregan por escrito.	\N	visible	1	2026-11-20 10:47:08.96854+00	2026-11-20 10:47:08.96854+00	\N	0	0	4	0	2
28	16	\N	0	2	f	Camine con ella despacio si quiere revolcarse, sin cansarla, quite toda la comida y deje agua. No le dé nada por la boca ni calmantes de personas. Si la encía se pone oscura o deja de hacer ruido la panza es muy grave, avise al veterinario ya.	\N	visible	1	2026-11-21 12:15:36.365473+00	2026-11-21 12:15:36.365473+00	\N	1	0	5	0	0
29	17	\N	0	20	f	No pinte nunca por dentro. Queme un poco de romero y unte propóleo, y ponga un marco con cría de otra colmena, así no se van.	\N	visible	1	2026-11-22 11:37:14.088479+00	2026-11-22 11:37:14.088479+00	\N	0	0	4	0	0
30	18	\N	0	2	f	Falta de oxígeno. Con días nublados las algas consumen de noche más de lo que producen. Recambie un tercio del agua ahora, muévala con una bomba, y no dé alimento hoy ni mañana.	\N	visible	1	2026-11-23 15:09:27.258284+00	2026-11-23 15:09:27.258284+00	\N	0	0	3	0	3
32	20	31	1	1	f	Mejor después del parto, salvo que haya un caso de rabia en la zona.	\N	visible	1	2026-11-25 07:09:43.614516+00	2026-11-25 07:09:43.614516+00	\N	0	0	2	0	1
31	20	\N	0	19	f	¿Se puede vacunar a una perra preñada?	\N	visible	1	2026-11-25 05:26:43.614516+00	2026-11-25 05:26:43.614516+00	\N	0	1	2	0	3
\.

copy community (id, name, slug, short_description, description, cover_id, avatar_id, created_by, standard, members_count, created_at, gone) from stdin;
3	Especialistas en Salud Animal y Vegetal	especialistas-salud	Para veterinarios, agrónomos y otros profesionales: casos, tratamientos y buenas prácticas.		\N	\N	0	t	10	2026-11-26 17:25:04.748761+00	f
4	Agronegocios	agronegocios	Para agroveterinarias y empresas del campo: productos, precios, proveedores y oportunidades.		\N	\N	0	t	8	2026-11-26 17:25:04.74877+00	f
2	Ganaderos, Agricultores y Dueños de Animales	ganaderos-agricultores-animales	Para quienes crían, siembran o cuidan animales: dudas, experiencias y consejos del día a día.		\N	\N	0	t	12	2026-11-26 17:25:04.748743+00	f
1	General	general	El lugar de encuentro de todos: presentaciones, novedades y lo que no cabe en otra comunidad.		\N	\N	0	t	30	2026-11-26 17:25:04.74828+00	f
5	Criadores de llamas	llamas	Del altiplano		\N	\N	1	f	1	2026-11-26 17:25:05.526069+00	f
\.

copy community_total (n) from stdin;
5
\.

copy community_words (community_id, beginnings) from stdin;
1	{c,ca,cab,cabe,co,com,comu,comun,comuni,comunid,comunida,comunidad,d,de,e,el,en,enc,encu,encue,encuen,encuent,encuentr,encuentro,g,ge,gen,gene,gener,genera,general,l,lo,lu,lug,luga,lugar,n,no,nov,nove,noved,noveda,novedad,novedade,novedades,o,ot,otr,otra,p,pr,pre,pres,prese,presen,present,presenta,presentac,presentaci,presentacio,presentacion,presentacione,presentaciones,q,qu,que,t,to,tod,todo,todos,y}
2	{a,ag,agr,agri,agric,agricu,agricul,agricult,agriculto,agricultor,agricultore,agricultores,an,ani,anim,anima,animal,animale,animales,c,co,con,cons,conse,consej,consejo,consejos,cr,cri,cria,crian,cu,cui,cuid,cuida,cuidan,d,de,del,di,dia,du,dud,duda,dudas,due,dueñ,dueño,dueños,e,ex,exp,expe,exper,experi,experie,experien,experienc,experienci,experiencia,experiencias,g,ga,gan,gana,ganad,ganade,ganader,ganadero,ganaderos,o,p,pa,par,para,q,qu,qui,quie,quien,quiene,quienes,s,si,sie,siem,siemb,siembr,siembra,siembran,y}
3	{a,ag,agr,agro,agron,agrono,agronom,agronomo,agronomos,an,ani,anim,anima,animal,b,bu,bue,buen,buena,buenas,c,ca,cas,caso,casos,e,en,es,esp,espe,espec,especi,especia,especial,especiali,especialis,especialist,especialista,especialistas,o,ot,otr,otro,otros,p,pa,par,para,pr,pra,prac,pract,practi,practic,practica,practicas,pro,prof,profe,profes,profesi,profesio,profesion,profesiona,profesional,profesionale,profesionales,s,sa,sal,salu,salud,t,tr,tra,trat,trata,tratam,tratami,tratamie,tratamien,tratamient,tratamiento,tratamientos,v,ve,veg,vege,veget,vegeta,vegetal,vet,vete,veter,veteri,veterin,veterina,veterinar,veterinari,veterinario,veterinarios,y}
4	{a,ag,agr,agro,agron,agrone,agroneg,agronego,agronegoc,agronegoci,agronegocio,agronegocios,agrov,agrove,agrovet,agrovete,agroveter,agroveteri,agroveterin,agroveterina,agroveterinar,agroveterinari,agroveterinaria,agroveterinarias,c,ca,cam,camp,campo,d,de,del,e,em,emp,empr,empre,empres,empresa,empresas,o,op,opo,opor,oport,oportu,oportun,oportuni,oportunid,oportunida,oportunidad,oportunidade,oportunidades,p,pa,par,para,pr,pre,prec,preci,precio,precios,pro,prod,produ,produc,product,producto,productos,prov,prove,provee,proveed,proveedo,proveedor,proveedore,proveedores,y}
5	{l,ll,lla,llam,llama,llamas}
\.

copy decision (id, post_id, comment_id, community_id, author_id, anonymous, actor_id, role, decision, reason, days, at) from stdin;
1	1	0	0	19	f	1	staff	suspend	Insultos	3	2026-11-26 17:25:05.523713+00
\.

copy draft (id, user_id, title, content, media_id, community_id, question, anonymous, species, tags, mentions, latitude, longitude, version, updated_at) from stdin;
1	1	Sin terminar	¿Alguien sabe	\N	\N	\N	f	{bovinos}	{leche}	{}	\N	\N	1	2026-11-26 17:25:05.524743+00
\.

copy flag (id, case_id, rule, evidence, fingerprint, at) from stdin;
1	1	phone	70020001	42	2026-11-26 17:25:05.523713+00
\.

copy idempotency_key (user_id, key_hash, fingerprint, status, answer, created_at) from stdin;
2	\\x2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683	\\x6f45c9663af919d06cef627741d8501ec7f7116dde4450fe3ccc56c6d80aabbc	201	\\x7365616c6564	2026-11-26 17:25:05.521351+00
\.

copy inbox (event_id, subscription, received_at) from stdin;
c5f560b5-1637-4846-9eeb-35ffd15806ed	demo	2026-11-26 17:25:05.521351+00
01a218e3-bf1d-79b7-8f17-7965ed4ec6c5	foro-service-followers-consumer	2026-11-26 17:25:08.68638+00
01a218e3-bf2f-7cc5-a316-e7614a7b2b4c	foro-service-followers-consumer	2026-11-26 17:25:08.687387+00
01a218e3-bf74-7f3c-ad65-a52df71a032b	foro-service-followers-consumer	2026-11-26 17:25:08.688111+00
01a218e3-bf21-72e7-964e-dc90f7e7ff2f	foro-service-followers-consumer	2026-11-26 17:25:08.708334+00
01a218e3-bf35-7e64-8296-5f3ccdf5a66f	foro-service-followers-consumer	2026-11-26 17:25:08.710322+00
01a218e3-bf37-72f0-bb85-2c240ba4cbdc	foro-service-followers-consumer	2026-11-26 17:25:08.712058+00
01a218e3-bfe1-7546-adde-141e27c7e76f	foro-service-followers-consumer	2026-11-26 17:25:08.71385+00
01a218e3-bfe3-7e40-a612-f43a16e3d3c1	foro-service-followers-consumer	2026-11-26 17:25:08.714945+00
01a218e3-bfe7-7b7b-8b0c-675747f6877d	foro-service-followers-consumer	2026-11-26 17:25:08.715943+00
01a218e3-bfd2-7287-9742-8d919ed92191	foro-service-followers-consumer	2026-11-26 17:25:08.731381+00
01a218e3-bfd4-7903-bcd7-71a4429de664	foro-service-followers-consumer	2026-11-26 17:25:08.746346+00
01a218e3-bfd5-7d78-804f-b97bf449459f	foro-service-followers-consumer	2026-11-26 17:25:08.754059+00
01a218e3-bfd6-7df7-84af-e00abcc96436	foro-service-followers-consumer	2026-11-26 17:25:08.757136+00
01a218e3-bff3-7c90-b0f2-842763078e2b	foro-service-followers-consumer	2026-11-26 17:25:08.759495+00
01a218e3-bff5-7c7d-8c63-26bab311aaee	foro-service-followers-consumer	2026-11-26 17:25:08.76135+00
01a218e3-c009-7e0b-9488-3be9f4d33f3f	foro-service-followers-consumer	2026-11-26 17:25:08.822651+00
01a218e3-c011-7197-be3c-4da182b76d47	foro-service-followers-consumer	2026-11-26 17:25:08.852601+00
01a218e3-c019-7181-b36e-ead9b7b33824	foro-service-followers-consumer	2026-11-26 17:25:08.884639+00
01a218e3-c04d-7bd3-90c0-2afb7f04db05	foro-service-followers-consumer	2026-11-26 17:25:08.88574+00
\.

copy job (name, last_run_at) from stdin;
demo	2026-11-26 17:25:05.521351+00
bus.purge	2026-11-26 17:25:05.569693+00
foro.purge-views	2026-11-26 17:25:06.001464+00
foro.unanswered	2026-11-26 17:25:06.229066+00
foro.purge-notices	2026-11-26 17:25:06.234582+00
httpx.purge-keys	2026-11-26 17:25:06.236046+00
foro.relevance	2026-11-26 17:25:06.240306+00
foro.purge-counts	2026-11-26 17:25:06.257468+00
foro.withhold	2026-11-26 17:26:08.647919+00
foro.remove-communities	2026-11-26 17:26:10.067404+00
foro.count-words	2026-11-26 17:26:38.028152+00
foro.forget	2026-11-26 17:26:38.372802+00
foro.document	2026-11-26 17:26:40.27354+00
\.

copy member (community_id, user_id, role, joined_at) from stdin;
1	1	member	2026-11-26 17:25:04.76485+00
3	1	member	2026-11-26 17:25:04.764987+00
1	2	member	2026-11-26 17:25:04.772709+00
3	2	member	2026-11-26 17:25:04.772776+00
1	3	member	2026-11-26 17:25:04.774676+00
3	3	member	2026-11-26 17:25:04.774725+00
1	4	member	2026-11-26 17:25:04.776202+00
3	4	member	2026-11-26 17:25:04.776253+00
1	5	member	2026-11-26 17:25:04.777912+00
3	5	member	2026-11-26 17:25:04.77795+00
1	6	member	2026-11-26 17:25:04.7795+00
3	6	member	2026-11-26 17:25:04.779534+00
1	7	member	2026-11-26 17:25:04.780852+00
3	7	member	2026-11-26 17:25:04.780886+00
1	8	member	2026-11-26 17:25:04.782179+00
3	8	member	2026-11-26 17:25:04.782218+00
1	9	member	2026-11-26 17:25:04.783404+00
3	9	member	2026-11-26 17:25:04.783432+00
1	10	member	2026-11-26 17:25:04.784826+00
3	10	member	2026-11-26 17:25:04.784856+00
1	11	member	2026-11-26 17:25:04.786368+00
4	11	member	2026-11-26 17:25:04.786396+00
1	12	member	2026-11-26 17:25:04.787697+00
4	12	member	2026-11-26 17:25:04.787729+00
1	13	member	2026-11-26 17:25:04.788928+00
4	13	member	2026-11-26 17:25:04.788955+00
1	14	member	2026-11-26 17:25:04.790255+00
4	14	member	2026-11-26 17:25:04.790282+00
1	15	member	2026-11-26 17:25:04.79136+00
4	15	member	2026-11-26 17:25:04.791385+00
1	16	member	2026-11-26 17:25:04.792501+00
4	16	member	2026-11-26 17:25:04.792527+00
1	17	member	2026-11-26 17:25:04.793657+00
4	17	member	2026-11-26 17:25:04.793702+00
1	18	member	2026-11-26 17:25:04.794744+00
4	18	member	2026-11-26 17:25:04.79477+00
1	19	member	2026-11-26 17:25:04.796213+00
2	19	member	2026-11-26 17:25:04.796241+00
1	20	member	2026-11-26 17:25:04.797434+00
2	20	member	2026-11-26 17:25:04.797462+00
1	21	member	2026-11-26 17:25:04.798447+00
2	21	member	2026-11-26 17:25:04.798472+00
1	22	member	2026-11-26 17:25:04.799541+00
2	22	member	2026-11-26 17:25:04.799567+00
1	23	member	2026-11-26 17:25:04.805387+00
2	23	member	2026-11-26 17:25:04.805456+00
1	24	member	2026-11-26 17:25:04.812749+00
2	24	member	2026-11-26 17:25:04.812799+00
1	25	member	2026-11-26 17:25:04.814281+00
2	25	member	2026-11-26 17:25:04.81433+00
1	26	member	2026-11-26 17:25:04.815606+00
2	26	member	2026-11-26 17:25:04.815643+00
1	27	member	2026-11-26 17:25:04.818787+00
2	27	member	2026-11-26 17:25:04.818846+00
1	28	member	2026-11-26 17:25:04.820847+00
2	28	member	2026-11-26 17:25:04.820888+00
1	29	member	2026-11-26 17:25:04.822543+00
2	29	member	2026-11-26 17:25:04.822578+00
1	30	member	2026-11-26 17:25:04.823798+00
2	30	member	2026-11-26 17:25:04.823831+00
5	1	owner	2026-11-26 17:25:05.526359+00
\.

copy mention (post_id, comment_id, user_id) from stdin;
22	\N	1
\.

copy moderation_case (id, kind, post_id, comment_id, community_id, author_id, rank, place, version, hid, appeals, said, opened_at, decision_id) from stdin;
1	report	1	\N	0	19	2	-1700000000000000	1	f	\N		2026-11-26 17:25:05.523713+00	1
2	appeal	1	\N	0	19	1	1700000000000000	1	f	1	No era un insulto	2026-11-26 17:25:05.523713+00	\N
\.

copy newcomer_text (user_id, comment, at) from stdin;
2	f	2026-11-26 17:25:05.523713+00
2	t	2026-11-26 17:25:05.523713+00
\.

copy notice_cause (recipient_id, kind, object_id, actor_id, post_id, notification_id) from stdin;
19	comment	1	2	1	1
2	accepted	1	19	1	2
2	validated	1	1	1	3
2	comment	2	19	1	4
19	comment_reaction	2	3	1	5
19	comment_reaction	2	6	1	5
19	comment_reaction	2	9	1	5
19	comment_reaction	2	12	1	5
19	comment_reaction	2	15	1	5
2	comment_reaction	1	3	1	10
19	comment	3	20	1	1
21	comment	4	2	2	12
2	validated	4	1	2	13
2	comment_reaction	4	3	2	14
2	comment_reaction	4	6	2	14
2	comment_reaction	4	9	2	14
2	comment_reaction	4	12	2	14
2	comment_reaction	4	15	2	14
21	comment	5	11	2	12
11	comment_reaction	5	12	2	20
11	comment_reaction	5	15	2	20
11	comment_reaction	5	18	2	20
11	comment_reaction	5	21	2	20
11	comment_reaction	5	24	2	20
21	post_reaction	2	12	2	25
21	post_reaction	2	15	2	25
19	comment	6	20	3	27
20	comment_reaction	6	21	3	28
20	comment_reaction	6	24	3	28
19	comment	7	1	3	27
1	comment_reaction	7	2	3	31
1	comment_reaction	7	5	3	31
1	comment_reaction	7	8	3	31
1	comment_reaction	7	11	3	31
19	post_reaction	3	2	3	35
19	post_reaction	3	5	3	35
19	post_reaction	3	8	3	35
19	post_reaction	3	11	3	35
19	post_reaction	3	14	3	35
19	comment	8	2	4	40
2	validated	8	1	4	41
2	comment_reaction	8	3	4	42
19	post_reaction	4	3	4	43
19	post_reaction	4	6	4	43
19	post_reaction	4	9	4	43
19	post_reaction	4	12	4	43
19	post_reaction	4	15	4	43
19	post_reaction	4	18	4	43
2	post	1	19	1	49
3	post	1	19	1	50
20	post	1	19	1	51
21	post	1	19	1	52
19	comment	9	1	5	53
1	comment	10	19	5	54
19	comment_reaction	10	2	5	55
19	comment_reaction	10	5	5	55
19	comment_reaction	10	8	5	55
19	comment_reaction	10	11	5	55
19	comment_reaction	10	14	5	55
19	comment_reaction	10	17	5	55
1	comment	11	2	5	54
19	comment	11	2	5	53
2	comment_reaction	11	3	5	63
2	comment_reaction	11	6	5	63
1	comment	1	2	1	69
21	comment	1	2	1	70
26	comment	1	2	1	71
2	comment_reaction	11	9	5	63
1	comment	2	19	1	69
21	comment	2	19	1	70
26	comment	2	19	1	71
2	comment_reaction	11	12	5	63
1	comment	3	20	1	69
21	comment	3	20	1	70
26	comment	3	20	1	71
2	comment_reaction	11	15	5	63
2	comment_reaction	11	18	5	63
3	post	2	21	2	82
12	post	2	21	2	83
22	post	2	21	2	84
1	comment_reaction	9	3	5	85
1	comment_reaction	9	6	5	85
12	comment	4	2	2	87
17	comment	4	2	2	88
22	comment	4	2	2	89
1	comment_reaction	9	9	5	85
19	post_reaction	5	3	5	91
12	comment	5	11	2	87
17	comment	5	11	2	88
22	comment	5	11	2	89
19	post_reaction	5	6	5	91
19	post_reaction	5	9	5	91
2	post	3	19	3	97
3	post	3	19	3	98
20	post	3	19	3	99
21	post	3	19	3	100
2	comment	6	20	3	102
7	comment	6	20	3	103
12	comment	6	20	3	104
26	post	1	19	1	106
2	comment	7	1	3	102
7	comment	7	1	3	103
12	comment	7	1	3	104
2	post	4	19	4	113
3	post	4	19	4	114
20	post	4	19	4	115
21	post	4	19	4	116
3	comment	8	2	4	119
8	comment	8	2	4	120
13	comment	8	2	4	121
2	post	5	19	5	123
3	post	5	19	5	124
20	post	5	19	5	125
21	post	5	19	5	126
3	comment	9	1	5	128
8	comment	9	1	5	129
13	comment	9	1	5	130
3	comment	10	19	5	128
8	comment	10	19	5	129
13	comment	10	19	5	130
3	comment	11	2	5	128
8	comment	11	2	5	129
13	comment	11	2	5	130
17	post	2	21	2	155
7	post	3	19	3	156
8	post	4	19	4	157
8	post	5	19	5	160
2	post	6	19	6	164
3	post	6	19	6	166
20	post	6	19	6	167
21	post	6	19	6	168
1	comment	12	11	6	171
21	comment	12	11	6	172
26	comment	12	11	6	173
1	comment	13	20	6	171
21	comment	13	20	6	172
26	comment	13	20	6	173
3	post	7	21	7	184
12	post	7	21	7	185
22	post	7	21	7	186
12	comment	14	11	7	201
17	comment	14	11	7	202
22	comment	14	11	7	203
20	post	8	12	8	206
20	comment	15	19	8	210
25	comment	15	19	8	211
30	comment	15	19	8	212
20	comment	16	12	8	210
25	comment	16	12	8	211
30	comment	16	12	8	212
4	post	9	1	9	220
20	post	9	1	9	221
26	post	6	19	6	223
20	comment	17	19	9	227
25	comment	17	19	9	228
30	comment	17	19	9	229
20	comment	18	1	9	227
25	comment	18	1	9	228
30	comment	18	1	9	229
4	post	10	1	10	236
20	post	10	1	10	237
4	comment	19	2	10	243
9	comment	19	2	10	244
14	comment	19	2	10	245
4	comment	20	3	10	243
9	comment	20	3	10	244
14	comment	20	3	10	245
6	post	11	4	11	253
6	comment	21	5	11	257
11	comment	21	5	11	258
16	comment	21	5	11	259
25	post	8	12	8	269
25	post	9	1	9	270
9	post	10	1	10	272
8	post	12	6	12	273
8	comment	22	7	12	274
13	comment	22	7	12	275
18	comment	22	7	12	276
3	post	13	11	13	277
13	post	13	11	13	278
3	comment	23	12	13	284
8	comment	23	12	13	285
13	comment	23	12	13	286
3	comment	24	2	13	284
8	comment	24	2	13	285
13	comment	24	2	13	286
3	post	14	11	14	294
13	post	14	11	14	295
13	comment	25	12	14	298
18	comment	25	12	14	299
23	comment	25	12	14	300
26	post	15	19	15	301
1	comment	26	2	15	302
21	comment	26	2	15	303
26	comment	26	2	15	304
1	comment	27	20	15	302
21	comment	27	20	15	303
26	comment	27	20	15	304
11	post	11	4	11	312
19	comment	12	11	6	101
11	comment_reaction	12	12	6	105
11	comment_reaction	12	15	6	105
19	comment	13	20	6	101
20	comment_reaction	13	21	6	112
20	comment_reaction	13	24	6	112
19	post_reaction	6	21	6	118
21	comment	14	11	7	122
11	accepted	14	21	7	127
11	comment_reaction	14	12	7	131
12	comment	15	19	8	132
19	comment	16	12	8	133
19	comment_reaction	15	20	8	134
19	comment_reaction	15	23	8	134
19	comment_reaction	15	26	8	134
19	comment_reaction	15	29	8	134
19	comment_reaction	15	2	8	134
12	post_reaction	8	20	8	139
1	comment	17	19	9	140
19	comment	18	1	9	141
1	comment_reaction	18	20	9	145
19	comment_reaction	17	20	9	146
19	comment_reaction	17	23	9	146
1	post_reaction	9	20	9	148
1	post_reaction	9	23	9	148
1	post_reaction	9	26	9	148
1	post_reaction	9	29	9	148
1	post_reaction	9	2	9	148
1	post_reaction	9	5	9	148
1	comment	19	2	10	161
2	validated	19	1	10	162
1	comment	20	3	10	161
3	comment_reaction	20	4	10	165
3	comment_reaction	20	7	10	165
3	comment_reaction	20	10	10	165
3	comment_reaction	20	13	10	165
3	comment_reaction	20	16	10	165
3	comment_reaction	20	19	10	165
1	post_reaction	10	4	10	180
1	post_reaction	10	7	10	180
1	post_reaction	10	10	10	180
1	post_reaction	10	13	10	180
4	comment	21	5	11	187
5	accepted	21	4	11	188
5	comment_reaction	21	6	11	189
5	comment_reaction	21	9	11	189
5	comment_reaction	21	12	11	189
5	comment_reaction	21	15	11	189
4	post_reaction	11	6	11	193
4	post_reaction	11	9	11	193
4	post_reaction	11	12	11	193
4	post_reaction	11	15	11	193
4	post_reaction	11	18	11	193
4	post_reaction	11	21	11	193
6	comment	22	7	12	199
7	comment_reaction	22	8	12	200
7	comment_reaction	22	11	12	200
7	comment_reaction	22	14	12	200
11	comment	23	12	13	207
12	accepted	23	11	13	208
11	comment	24	2	13	207
2	validated	24	1	13	213
2	comment_reaction	24	3	13	214
2	comment_reaction	24	6	13	214
2	comment_reaction	24	9	13	214
2	comment_reaction	24	12	13	214
11	comment	25	12	14	224
12	comment_reaction	25	13	14	225
11	post_reaction	14	13	14	226
11	post_reaction	14	16	14	226
19	comment	26	2	15	234
2	validated	26	1	15	235
2	comment_reaction	26	3	15	238
2	comment_reaction	26	6	15	238
2	comment_reaction	26	9	15	238
19	comment	27	20	15	234
20	comment_reaction	27	21	15	242
20	comment_reaction	27	24	15	242
20	comment_reaction	27	27	15	242
20	comment_reaction	27	30	15	242
20	comment_reaction	27	3	15	242
20	comment_reaction	27	6	15	242
19	post_reaction	15	21	15	255
19	post_reaction	15	24	15	255
21	comment	28	2	16	260
2	accepted	28	21	16	261
2	validated	28	1	16	262
2	comment_reaction	28	3	16	263
2	comment_reaction	28	6	16	263
2	comment_reaction	28	9	16	263
2	comment_reaction	28	12	16	263
2	comment_reaction	28	15	16	263
21	post_reaction	16	3	16	268
19	comment	29	20	17	271
20	comment_reaction	29	21	17	279
20	comment_reaction	29	24	17	279
20	comment_reaction	29	27	17	279
20	comment_reaction	29	30	17	279
19	post_reaction	17	21	17	283
21	comment	30	2	18	287
2	comment_reaction	30	3	18	291
2	comment_reaction	30	6	18	291
2	comment_reaction	30	9	18	291
2	comment_reaction	30	12	18	291
2	comment_reaction	30	15	18	291
2	comment_reaction	30	18	18	291
21	post_reaction	18	3	18	306
21	post_reaction	18	6	18	306
21	post_reaction	18	9	18	306
19	post_reaction	19	20	19	316
19	post_reaction	19	23	19	316
19	post_reaction	19	26	19	316
19	post_reaction	19	29	19	316
1	comment	31	19	20	320
19	comment	32	1	20	321
1	comment_reaction	32	20	20	344
1	comment_reaction	32	23	20	344
1	comment_reaction	32	26	20	344
19	comment_reaction	31	20	20	347
19	comment_reaction	31	23	20	347
19	comment_reaction	31	26	20	347
19	comment_reaction	31	29	20	347
19	comment_reaction	31	2	20	347
1	post_reaction	20	20	20	352
1	post_reaction	20	23	20	352
1	post_reaction	20	26	20	352
20	post_reaction	21	21	21	355
20	post_reaction	21	24	21	355
20	post_reaction	21	27	21	355
20	post_reaction	21	30	21	355
1	post	22	21	22	359
21	post_reaction	22	22	22	360
21	post_reaction	22	25	22	360
1	waiting	14	11	14	362
2	post	19	19	19	363
3	post	19	19	19	364
20	post	19	19	19	365
21	post	19	19	19	366
4	post	20	1	20	367
20	post	20	1	20	368
20	comment	31	19	20	369
25	comment	31	19	20	370
30	comment	31	19	20	371
20	comment	32	1	20	369
25	comment	32	1	20	370
30	comment	32	1	20	371
21	post	21	20	21	375
3	post	22	21	22	376
12	post	22	21	22	377
22	post	22	21	22	378
25	post	19	19	19	379
25	post	20	1	20	380
26	post	21	20	21	381
27	post	22	21	22	382
13	post	12	6	12	313
8	post	13	11	13	314
18	post	14	11	14	315
3	post	16	21	16	322
12	post	16	21	16	323
22	post	16	21	16	324
3	comment	28	2	16	325
8	comment	28	2	16	326
13	comment	28	2	16	327
2	post	17	19	17	328
3	post	17	19	17	329
20	post	17	19	17	330
21	post	17	19	17	331
1	comment	29	20	17	332
21	comment	29	20	17	333
26	comment	29	20	17	334
3	post	18	21	18	335
12	post	18	21	18	336
22	post	18	21	18	337
3	comment	30	2	18	338
8	comment	30	2	18	339
13	comment	30	2	18	340
8	post	16	21	16	341
26	post	17	19	17	342
8	post	18	21	18	343
\.

copy notice_preference (user_id, off, live, quiet_from, quiet_to, time_zone) from stdin;
1	{foro.reaction}	t	1320	360	America/La_Paz
\.

copy notification (id, recipient_id, type, post_id, comment_id, opens_id, actor_id, anonymous, actors_count, decision, reason, read, created_at, updated_at) from stdin;
2	2	answer_accepted	1	1	1	19	f	1			f	2026-11-26 17:25:06.226996+00	2026-11-26 17:25:06.226996+00
3	2	answer_validated	1	1	1	1	f	1			f	2026-11-26 17:25:06.23889+00	2026-11-26 17:25:06.23889+00
4	2	comment_reply	1	1	2	19	f	1			f	2026-11-26 17:25:06.257568+00	2026-11-26 17:25:06.257568+00
5	19	comment_reaction	1	2	2	15	f	5			f	2026-11-26 17:25:06.294784+00	2026-11-26 17:25:06.344325+00
10	2	comment_reaction	1	1	1	3	f	1			f	2026-11-26 17:25:06.345388+00	2026-11-26 17:25:06.345388+00
1	19	post_reply	1	\N	3	20	f	2			f	2026-11-26 17:25:06.188257+00	2026-11-26 17:25:06.346838+00
13	2	answer_validated	2	4	4	1	f	1			f	2026-11-26 17:25:06.349265+00	2026-11-26 17:25:06.349265+00
14	2	comment_reaction	2	4	4	15	f	5			f	2026-11-26 17:25:06.350113+00	2026-11-26 17:25:06.370028+00
12	21	post_reply	2	\N	5	11	f	2			f	2026-11-26 17:25:06.347869+00	2026-11-26 17:25:06.376445+00
20	11	comment_reaction	2	5	5	24	f	5			f	2026-11-26 17:25:06.397448+00	2026-11-26 17:25:06.400018+00
25	21	post_reaction	2	\N	\N	15	f	2			f	2026-11-26 17:25:06.400726+00	2026-11-26 17:25:06.401175+00
28	20	comment_reaction	3	6	6	24	f	2			f	2026-11-26 17:25:06.403446+00	2026-11-26 17:25:06.403847+00
27	19	post_reply	3	\N	7	1	f	2			f	2026-11-26 17:25:06.402985+00	2026-11-26 17:25:06.406164+00
31	1	comment_reaction	3	7	7	11	f	4			f	2026-11-26 17:25:06.406691+00	2026-11-26 17:25:06.407955+00
35	19	post_reaction	3	\N	\N	14	f	5			f	2026-11-26 17:25:06.408275+00	2026-11-26 17:25:06.409653+00
40	19	post_reply	4	\N	8	2	f	1			f	2026-11-26 17:25:06.410227+00	2026-11-26 17:25:06.410227+00
41	2	answer_validated	4	8	8	1	f	1			f	2026-11-26 17:25:06.410631+00	2026-11-26 17:25:06.410631+00
42	2	comment_reaction	4	8	8	3	f	1			f	2026-11-26 17:25:06.410973+00	2026-11-26 17:25:06.410973+00
43	19	post_reaction	4	\N	\N	18	f	6			f	2026-11-26 17:25:06.411364+00	2026-11-26 17:25:06.413231+00
49	2	followed_person	1	\N	\N	19	f	1			f	2026-11-26 17:25:06.561236+00	2026-11-26 17:25:06.561237+00
50	3	followed_person	1	\N	\N	19	f	1			f	2026-11-26 17:25:06.561338+00	2026-11-26 17:25:06.561338+00
51	20	followed_person	1	\N	\N	19	f	1			f	2026-11-26 17:25:06.561352+00	2026-11-26 17:25:06.561352+00
52	21	followed_person	1	\N	\N	19	f	1			f	2026-11-26 17:25:06.56136+00	2026-11-26 17:25:06.56136+00
55	19	comment_reaction	5	10	10	17	f	6			f	2026-11-26 17:25:06.60455+00	2026-11-26 17:25:06.624185+00
54	1	comment_reply	5	9	11	2	f	2			f	2026-11-26 17:25:06.582805+00	2026-11-26 17:25:06.624932+00
53	19	post_reply	5	\N	11	2	f	2			f	2026-11-26 17:25:06.562444+00	2026-11-26 17:25:06.624965+00
63	2	comment_reaction	5	11	11	18	f	6			f	2026-11-26 17:25:06.625617+00	2026-11-26 17:25:07.816609+00
69	1	followed_post	1	\N	3	20	f	3			f	2026-11-26 17:25:07.786892+00	2026-11-26 17:25:07.810612+00
70	21	followed_post	1	\N	3	20	f	3			f	2026-11-26 17:25:07.787012+00	2026-11-26 17:25:07.810652+00
71	26	followed_post	1	\N	3	20	f	3			f	2026-11-26 17:25:07.787023+00	2026-11-26 17:25:07.810665+00
82	3	followed_person	2	\N	\N	21	f	1			f	2026-11-26 17:25:07.817356+00	2026-11-26 17:25:07.817356+00
83	12	followed_person	2	\N	\N	21	f	1			f	2026-11-26 17:25:07.817401+00	2026-11-26 17:25:07.817401+00
84	22	followed_person	2	\N	\N	21	f	1			f	2026-11-26 17:25:07.81741+00	2026-11-26 17:25:07.81741+00
85	1	comment_reaction	5	9	9	9	f	3			f	2026-11-26 17:25:07.817807+00	2026-11-26 17:25:07.82446+00
87	12	followed_post	2	\N	5	11	f	2			f	2026-11-26 17:25:07.822921+00	2026-11-26 17:25:07.858363+00
88	17	followed_post	2	\N	5	11	f	2			f	2026-11-26 17:25:07.822971+00	2026-11-26 17:25:07.858399+00
89	22	followed_post	2	\N	5	11	f	2			f	2026-11-26 17:25:07.822979+00	2026-11-26 17:25:07.858419+00
91	19	post_reaction	5	\N	\N	9	f	3			f	2026-11-26 17:25:07.857357+00	2026-11-26 17:25:07.885719+00
97	2	followed_person	3	\N	\N	19	f	1			f	2026-11-26 17:25:07.897181+00	2026-11-26 17:25:07.897181+00
98	3	followed_person	3	\N	\N	19	f	1			f	2026-11-26 17:25:07.897243+00	2026-11-26 17:25:07.897243+00
99	20	followed_person	3	\N	\N	19	f	1			f	2026-11-26 17:25:07.897254+00	2026-11-26 17:25:07.897254+00
100	21	followed_person	3	\N	\N	19	f	1			f	2026-11-26 17:25:07.897265+00	2026-11-26 17:25:07.897265+00
106	26	followed_tag	1	\N	\N	19	f	1			f	2026-11-26 17:25:07.943265+00	2026-11-26 17:25:07.943265+00
105	11	comment_reaction	6	12	12	15	f	2			f	2026-11-26 17:25:07.942245+00	2026-11-26 17:25:07.94504+00
101	19	post_reply	6	\N	13	20	f	2			f	2026-11-26 17:25:07.927384+00	2026-11-26 17:25:07.949301+00
102	2	followed_post	3	\N	7	1	f	2			f	2026-11-26 17:25:07.928172+00	2026-11-26 17:25:07.949562+00
103	7	followed_post	3	\N	7	1	f	2			f	2026-11-26 17:25:07.928225+00	2026-11-26 17:25:07.949591+00
104	12	followed_post	3	\N	7	1	f	2			f	2026-11-26 17:25:07.928234+00	2026-11-26 17:25:07.949602+00
113	2	followed_person	4	\N	\N	19	f	1			f	2026-11-26 17:25:07.961916+00	2026-11-26 17:25:07.961917+00
114	3	followed_person	4	\N	\N	19	f	1			f	2026-11-26 17:25:07.961982+00	2026-11-26 17:25:07.961982+00
115	20	followed_person	4	\N	\N	19	f	1			f	2026-11-26 17:25:07.961992+00	2026-11-26 17:25:07.961992+00
116	21	followed_person	4	\N	\N	19	f	1			f	2026-11-26 17:25:07.962+00	2026-11-26 17:25:07.962+00
112	20	comment_reaction	6	13	13	24	f	2			f	2026-11-26 17:25:07.951315+00	2026-11-26 17:25:07.962609+00
118	19	post_reaction	6	\N	\N	21	f	1			f	2026-11-26 17:25:07.976691+00	2026-11-26 17:25:07.976691+00
119	3	followed_post	4	\N	8	2	f	1			f	2026-11-26 17:25:07.988939+00	2026-11-26 17:25:07.988939+00
120	8	followed_post	4	\N	8	2	f	1			f	2026-11-26 17:25:07.989009+00	2026-11-26 17:25:07.989009+00
121	13	followed_post	4	\N	8	2	f	1			f	2026-11-26 17:25:07.989019+00	2026-11-26 17:25:07.989019+00
122	21	post_reply	7	\N	14	11	f	1			f	2026-11-26 17:25:07.991179+00	2026-11-26 17:25:07.991179+00
123	2	followed_person	5	\N	\N	19	f	1			f	2026-11-26 17:25:08.030637+00	2026-11-26 17:25:08.030637+00
124	3	followed_person	5	\N	\N	19	f	1			f	2026-11-26 17:25:08.03074+00	2026-11-26 17:25:08.03074+00
125	20	followed_person	5	\N	\N	19	f	1			f	2026-11-26 17:25:08.030752+00	2026-11-26 17:25:08.030752+00
126	21	followed_person	5	\N	\N	19	f	1			f	2026-11-26 17:25:08.03076+00	2026-11-26 17:25:08.03076+00
127	11	answer_accepted	7	14	14	21	f	1			f	2026-11-26 17:25:08.033316+00	2026-11-26 17:25:08.033316+00
131	11	comment_reaction	7	14	14	12	f	1			f	2026-11-26 17:25:08.0454+00	2026-11-26 17:25:08.0454+00
132	12	post_reply	8	\N	15	19	f	1			f	2026-11-26 17:25:08.046289+00	2026-11-26 17:25:08.046289+00
128	3	followed_post	5	\N	11	2	f	3			f	2026-11-26 17:25:08.044229+00	2026-11-26 17:25:08.124357+00
129	8	followed_post	5	\N	11	2	f	3			f	2026-11-26 17:25:08.044282+00	2026-11-26 17:25:08.124536+00
130	13	followed_post	5	\N	11	2	f	3			f	2026-11-26 17:25:08.044292+00	2026-11-26 17:25:08.124644+00
133	19	comment_reply	8	15	16	12	f	1			f	2026-11-26 17:25:08.046834+00	2026-11-26 17:25:08.046834+00
134	19	comment_reaction	8	15	15	2	f	5			f	2026-11-26 17:25:08.058545+00	2026-11-26 17:25:08.066713+00
139	12	post_reaction	8	\N	\N	20	f	1			f	2026-11-26 17:25:08.067052+00	2026-11-26 17:25:08.067052+00
140	1	post_reply	9	\N	17	19	f	1			f	2026-11-26 17:25:08.070001+00	2026-11-26 17:25:08.070001+00
141	19	comment_reply	9	17	18	1	f	1			f	2026-11-26 17:25:08.076216+00	2026-11-26 17:25:08.076216+00
145	1	comment_reaction	9	18	18	20	f	1			f	2026-11-26 17:25:08.117337+00	2026-11-26 17:25:08.117337+00
146	19	comment_reaction	9	17	17	23	f	2			f	2026-11-26 17:25:08.118145+00	2026-11-26 17:25:08.118683+00
148	1	post_reaction	9	\N	\N	5	f	6			f	2026-11-26 17:25:08.119088+00	2026-11-26 17:25:08.173727+00
162	2	answer_validated	10	19	19	1	f	1			f	2026-11-26 17:25:08.201933+00	2026-11-26 17:25:08.201934+00
161	1	post_reply	10	\N	20	3	f	2			f	2026-11-26 17:25:08.197828+00	2026-11-26 17:25:08.204281+00
165	3	comment_reaction	10	20	20	19	f	6			f	2026-11-26 17:25:08.205467+00	2026-11-26 17:25:08.229168+00
180	1	post_reaction	10	\N	\N	13	f	4			f	2026-11-26 17:25:08.230198+00	2026-11-26 17:25:08.232587+00
187	4	post_reply	11	\N	21	5	f	1			f	2026-11-26 17:25:08.237617+00	2026-11-26 17:25:08.237617+00
188	5	answer_accepted	11	21	21	4	f	1			f	2026-11-26 17:25:08.238201+00	2026-11-26 17:25:08.238201+00
189	5	comment_reaction	11	21	21	15	f	4			f	2026-11-26 17:25:08.23882+00	2026-11-26 17:25:08.240208+00
193	4	post_reaction	11	\N	\N	21	f	6			f	2026-11-26 17:25:08.244672+00	2026-11-26 17:25:08.249187+00
199	6	post_reply	12	\N	22	7	f	1			f	2026-11-26 17:25:08.249916+00	2026-11-26 17:25:08.249916+00
200	7	comment_reaction	12	22	22	14	f	3			f	2026-11-26 17:25:08.281391+00	2026-11-26 17:25:08.286141+00
208	12	answer_accepted	13	23	23	11	f	1			f	2026-11-26 17:25:08.292474+00	2026-11-26 17:25:08.292474+00
207	11	post_reply	13	\N	24	2	f	2			f	2026-11-26 17:25:08.288161+00	2026-11-26 17:25:08.29356+00
213	2	answer_validated	13	24	24	1	f	1			f	2026-11-26 17:25:08.29479+00	2026-11-26 17:25:08.29479+00
214	2	comment_reaction	13	24	24	12	f	4			f	2026-11-26 17:25:08.296962+00	2026-11-26 17:25:08.304057+00
224	11	post_reply	14	\N	25	12	f	1			f	2026-11-26 17:25:08.310831+00	2026-11-26 17:25:08.310831+00
225	12	comment_reaction	14	25	25	13	f	1			f	2026-11-26 17:25:08.312719+00	2026-11-26 17:25:08.312719+00
226	11	post_reaction	14	\N	\N	16	f	2			f	2026-11-26 17:25:08.316703+00	2026-11-26 17:25:08.318042+00
155	17	followed_tag	2	\N	\N	21	f	1			f	2026-11-26 17:25:08.127394+00	2026-11-26 17:25:08.127394+00
156	7	followed_tag	3	\N	\N	19	f	1			f	2026-11-26 17:25:08.128703+00	2026-11-26 17:25:08.128703+00
157	8	followed_tag	4	\N	\N	19	f	1			f	2026-11-26 17:25:08.156763+00	2026-11-26 17:25:08.156763+00
160	8	followed_tag	5	\N	\N	19	f	1			f	2026-11-26 17:25:08.174712+00	2026-11-26 17:25:08.174712+00
164	2	followed_person	6	\N	\N	19	f	1			f	2026-11-26 17:25:08.204957+00	2026-11-26 17:25:08.204957+00
166	3	followed_person	6	\N	\N	19	f	1			f	2026-11-26 17:25:08.205668+00	2026-11-26 17:25:08.205668+00
167	20	followed_person	6	\N	\N	19	f	1			f	2026-11-26 17:25:08.205683+00	2026-11-26 17:25:08.205683+00
168	21	followed_person	6	\N	\N	19	f	1			f	2026-11-26 17:25:08.205758+00	2026-11-26 17:25:08.205758+00
171	1	followed_post	6	\N	13	20	f	2			f	2026-11-26 17:25:08.215834+00	2026-11-26 17:25:08.227067+00
172	21	followed_post	6	\N	13	20	f	2			f	2026-11-26 17:25:08.215894+00	2026-11-26 17:25:08.2271+00
173	26	followed_post	6	\N	13	20	f	2			f	2026-11-26 17:25:08.215905+00	2026-11-26 17:25:08.227111+00
184	3	followed_person	7	\N	\N	21	f	1			f	2026-11-26 17:25:08.236275+00	2026-11-26 17:25:08.236275+00
185	12	followed_person	7	\N	\N	21	f	1			f	2026-11-26 17:25:08.236328+00	2026-11-26 17:25:08.236329+00
186	22	followed_person	7	\N	\N	21	f	1			f	2026-11-26 17:25:08.236339+00	2026-11-26 17:25:08.236339+00
201	12	followed_post	7	\N	14	11	f	1			f	2026-11-26 17:25:08.282807+00	2026-11-26 17:25:08.282807+00
202	17	followed_post	7	\N	14	11	f	1			f	2026-11-26 17:25:08.282861+00	2026-11-26 17:25:08.282861+00
203	22	followed_post	7	\N	14	11	f	1			f	2026-11-26 17:25:08.282872+00	2026-11-26 17:25:08.282872+00
206	20	followed_person	8	\N	\N	12	f	1			f	2026-11-26 17:25:08.287804+00	2026-11-26 17:25:08.287804+00
210	20	followed_post	8	\N	16	12	f	2			f	2026-11-26 17:25:08.294528+00	2026-11-26 17:25:08.297527+00
211	25	followed_post	8	\N	16	12	f	2			f	2026-11-26 17:25:08.294578+00	2026-11-26 17:25:08.297559+00
212	30	followed_post	8	\N	16	12	f	2			f	2026-11-26 17:25:08.294588+00	2026-11-26 17:25:08.297571+00
220	4	followed_person	9	\N	\N	1	f	1			f	2026-11-26 17:25:08.302738+00	2026-11-26 17:25:08.302739+00
221	20	followed_person	9	\N	\N	1	f	1			f	2026-11-26 17:25:08.30281+00	2026-11-26 17:25:08.30281+00
223	26	followed_tag	6	\N	\N	19	f	1			f	2026-11-26 17:25:08.310569+00	2026-11-26 17:25:08.310569+00
227	20	followed_post	9	\N	18	1	f	2			f	2026-11-26 17:25:08.317059+00	2026-11-26 17:25:08.320596+00
228	25	followed_post	9	\N	18	1	f	2			f	2026-11-26 17:25:08.317278+00	2026-11-26 17:25:08.320636+00
229	30	followed_post	9	\N	18	1	f	2			f	2026-11-26 17:25:08.317292+00	2026-11-26 17:25:08.32065+00
236	4	followed_person	10	\N	\N	1	f	1			f	2026-11-26 17:25:08.402525+00	2026-11-26 17:25:08.402525+00
237	20	followed_person	10	\N	\N	1	f	1			f	2026-11-26 17:25:08.402595+00	2026-11-26 17:25:08.402595+00
243	4	followed_post	10	\N	20	3	f	2			f	2026-11-26 17:25:08.445999+00	2026-11-26 17:25:08.45076+00
244	9	followed_post	10	\N	20	3	f	2			f	2026-11-26 17:25:08.446089+00	2026-11-26 17:25:08.4508+00
245	14	followed_post	10	\N	20	3	f	2			f	2026-11-26 17:25:08.446137+00	2026-11-26 17:25:08.450813+00
253	6	followed_person	11	\N	\N	4	f	1			f	2026-11-26 17:25:08.46417+00	2026-11-26 17:25:08.464171+00
257	6	followed_post	11	\N	21	5	f	1			f	2026-11-26 17:25:08.478038+00	2026-11-26 17:25:08.478038+00
258	11	followed_post	11	\N	21	5	f	1			f	2026-11-26 17:25:08.478101+00	2026-11-26 17:25:08.478101+00
259	16	followed_post	11	\N	21	5	f	1			f	2026-11-26 17:25:08.478113+00	2026-11-26 17:25:08.478113+00
269	25	followed_tag	8	\N	\N	12	f	1			f	2026-11-26 17:25:08.495379+00	2026-11-26 17:25:08.495379+00
270	25	followed_tag	9	\N	\N	1	f	1			f	2026-11-26 17:25:08.502559+00	2026-11-26 17:25:08.502559+00
272	9	followed_tag	10	\N	\N	1	f	1			f	2026-11-26 17:25:08.507557+00	2026-11-26 17:25:08.507557+00
273	8	followed_person	12	\N	\N	6	f	1			f	2026-11-26 17:25:08.509293+00	2026-11-26 17:25:08.509293+00
274	8	followed_post	12	\N	22	7	f	1			f	2026-11-26 17:25:08.510837+00	2026-11-26 17:25:08.510837+00
275	13	followed_post	12	\N	22	7	f	1			f	2026-11-26 17:25:08.510887+00	2026-11-26 17:25:08.510887+00
276	18	followed_post	12	\N	22	7	f	1			f	2026-11-26 17:25:08.510898+00	2026-11-26 17:25:08.510898+00
277	3	followed_person	13	\N	\N	11	f	1			f	2026-11-26 17:25:08.512808+00	2026-11-26 17:25:08.512808+00
278	13	followed_person	13	\N	\N	11	f	1			f	2026-11-26 17:25:08.512911+00	2026-11-26 17:25:08.512911+00
284	3	followed_post	13	\N	24	2	f	2			f	2026-11-26 17:25:08.534074+00	2026-11-26 17:25:08.544457+00
285	8	followed_post	13	\N	24	2	f	2			f	2026-11-26 17:25:08.534152+00	2026-11-26 17:25:08.544519+00
286	13	followed_post	13	\N	24	2	f	2			f	2026-11-26 17:25:08.534169+00	2026-11-26 17:25:08.544541+00
235	2	answer_validated	15	26	26	1	f	1			f	2026-11-26 17:25:08.3891+00	2026-11-26 17:25:08.3891+00
238	2	comment_reaction	15	26	26	9	f	3			f	2026-11-26 17:25:08.405473+00	2026-11-26 17:25:08.415682+00
234	19	post_reply	15	\N	27	20	f	2			f	2026-11-26 17:25:08.328227+00	2026-11-26 17:25:08.417285+00
242	20	comment_reaction	15	27	27	6	f	6			f	2026-11-26 17:25:08.441276+00	2026-11-26 17:25:08.464572+00
255	19	post_reaction	15	\N	\N	24	f	2			f	2026-11-26 17:25:08.467953+00	2026-11-26 17:25:08.469453+00
260	21	post_reply	16	\N	28	2	f	1			f	2026-11-26 17:25:08.479398+00	2026-11-26 17:25:08.479398+00
261	2	answer_accepted	16	28	28	21	f	1			f	2026-11-26 17:25:08.48873+00	2026-11-26 17:25:08.48873+00
262	2	answer_validated	16	28	28	1	f	1			f	2026-11-26 17:25:08.489409+00	2026-11-26 17:25:08.489409+00
263	2	comment_reaction	16	28	28	15	f	5			f	2026-11-26 17:25:08.490131+00	2026-11-26 17:25:08.49254+00
268	21	post_reaction	16	\N	\N	3	f	1			f	2026-11-26 17:25:08.493234+00	2026-11-26 17:25:08.493234+00
271	19	post_reply	17	\N	29	20	f	1			f	2026-11-26 17:25:08.503188+00	2026-11-26 17:25:08.503188+00
279	20	comment_reaction	17	29	29	30	f	4			f	2026-11-26 17:25:08.527942+00	2026-11-26 17:25:08.531927+00
283	19	post_reaction	17	\N	\N	21	f	1			f	2026-11-26 17:25:08.533115+00	2026-11-26 17:25:08.533115+00
287	21	post_reply	18	\N	30	2	f	1			f	2026-11-26 17:25:08.534993+00	2026-11-26 17:25:08.534993+00
291	2	comment_reaction	18	30	30	18	f	6			f	2026-11-26 17:25:08.552919+00	2026-11-26 17:25:08.680013+00
306	21	post_reaction	18	\N	\N	9	f	3			f	2026-11-26 17:25:08.681266+00	2026-11-26 17:25:08.683+00
316	19	post_reaction	19	\N	\N	29	f	4			f	2026-11-26 17:25:08.690621+00	2026-11-26 17:25:08.691976+00
320	1	post_reply	20	\N	31	19	f	1			f	2026-11-26 17:25:08.693625+00	2026-11-26 17:25:08.693625+00
321	19	comment_reply	20	31	32	1	f	1			f	2026-11-26 17:25:08.694313+00	2026-11-26 17:25:08.694313+00
344	1	comment_reaction	20	32	32	26	f	3			f	2026-11-26 17:25:08.718417+00	2026-11-26 17:25:08.719822+00
347	19	comment_reaction	20	31	31	2	f	5			f	2026-11-26 17:25:08.720357+00	2026-11-26 17:25:08.722413+00
352	1	post_reaction	20	\N	\N	26	f	3			f	2026-11-26 17:25:08.722735+00	2026-11-26 17:25:08.723505+00
355	20	post_reaction	21	\N	\N	30	f	4			f	2026-11-26 17:25:08.724046+00	2026-11-26 17:25:08.725106+00
294	3	followed_person	14	\N	\N	11	f	1			f	2026-11-26 17:25:08.589921+00	2026-11-26 17:25:08.589921+00
295	13	followed_person	14	\N	\N	11	f	1			f	2026-11-26 17:25:08.590025+00	2026-11-26 17:25:08.590025+00
298	13	followed_post	14	\N	25	12	f	1			f	2026-11-26 17:25:08.620907+00	2026-11-26 17:25:08.620907+00
299	18	followed_post	14	\N	25	12	f	1			f	2026-11-26 17:25:08.62096+00	2026-11-26 17:25:08.62096+00
300	23	followed_post	14	\N	25	12	f	1			f	2026-11-26 17:25:08.620971+00	2026-11-26 17:25:08.620971+00
301	26	followed_tag	15	\N	\N	0	t	1			f	2026-11-26 17:25:08.674317+00	2026-11-26 17:25:08.674317+00
302	1	followed_post	15	\N	27	20	f	2			f	2026-11-26 17:25:08.676259+00	2026-11-26 17:25:08.684671+00
303	21	followed_post	15	\N	27	20	f	2			f	2026-11-26 17:25:08.676335+00	2026-11-26 17:25:08.684711+00
304	26	followed_post	15	\N	27	20	f	2			f	2026-11-26 17:25:08.676354+00	2026-11-26 17:25:08.684726+00
312	11	followed_tag	11	\N	\N	4	f	1			f	2026-11-26 17:25:08.685739+00	2026-11-26 17:25:08.685739+00
313	13	followed_tag	12	\N	\N	6	f	1			f	2026-11-26 17:25:08.687068+00	2026-11-26 17:25:08.687068+00
314	8	followed_tag	13	\N	\N	11	f	1			f	2026-11-26 17:25:08.687847+00	2026-11-26 17:25:08.687847+00
315	18	followed_tag	14	\N	\N	11	f	1			f	2026-11-26 17:25:08.688629+00	2026-11-26 17:25:08.688629+00
322	3	followed_person	16	\N	\N	21	f	1			f	2026-11-26 17:25:08.705001+00	2026-11-26 17:25:08.705001+00
323	12	followed_person	16	\N	\N	21	f	1			f	2026-11-26 17:25:08.705064+00	2026-11-26 17:25:08.705064+00
324	22	followed_person	16	\N	\N	21	f	1			f	2026-11-26 17:25:08.705079+00	2026-11-26 17:25:08.705079+00
325	3	followed_post	16	\N	28	2	f	1			f	2026-11-26 17:25:08.706347+00	2026-11-26 17:25:08.706347+00
326	8	followed_post	16	\N	28	2	f	1			f	2026-11-26 17:25:08.706395+00	2026-11-26 17:25:08.706395+00
327	13	followed_post	16	\N	28	2	f	1			f	2026-11-26 17:25:08.70641+00	2026-11-26 17:25:08.70641+00
328	2	followed_person	17	\N	\N	19	f	1			f	2026-11-26 17:25:08.707577+00	2026-11-26 17:25:08.707577+00
329	3	followed_person	17	\N	\N	19	f	1			f	2026-11-26 17:25:08.707638+00	2026-11-26 17:25:08.707638+00
330	20	followed_person	17	\N	\N	19	f	1			f	2026-11-26 17:25:08.70765+00	2026-11-26 17:25:08.70765+00
331	21	followed_person	17	\N	\N	19	f	1			f	2026-11-26 17:25:08.707663+00	2026-11-26 17:25:08.707663+00
332	1	followed_post	17	\N	29	20	f	1			f	2026-11-26 17:25:08.709529+00	2026-11-26 17:25:08.709529+00
333	21	followed_post	17	\N	29	20	f	1			f	2026-11-26 17:25:08.709595+00	2026-11-26 17:25:08.709595+00
334	26	followed_post	17	\N	29	20	f	1			f	2026-11-26 17:25:08.709609+00	2026-11-26 17:25:08.709609+00
335	3	followed_person	18	\N	\N	21	f	1			f	2026-11-26 17:25:08.711171+00	2026-11-26 17:25:08.711171+00
336	12	followed_person	18	\N	\N	21	f	1			f	2026-11-26 17:25:08.711225+00	2026-11-26 17:25:08.711225+00
337	22	followed_person	18	\N	\N	21	f	1			f	2026-11-26 17:25:08.711241+00	2026-11-26 17:25:08.711241+00
338	3	followed_post	18	\N	30	2	f	1			f	2026-11-26 17:25:08.7129+00	2026-11-26 17:25:08.7129+00
339	8	followed_post	18	\N	30	2	f	1			f	2026-11-26 17:25:08.712957+00	2026-11-26 17:25:08.712957+00
340	13	followed_post	18	\N	30	2	f	1			f	2026-11-26 17:25:08.712975+00	2026-11-26 17:25:08.712975+00
341	8	followed_tag	16	\N	\N	21	f	1			f	2026-11-26 17:25:08.714577+00	2026-11-26 17:25:08.714577+00
342	26	followed_tag	17	\N	\N	19	f	1			f	2026-11-26 17:25:08.715624+00	2026-11-26 17:25:08.715624+00
343	8	followed_tag	18	\N	\N	21	f	1			f	2026-11-26 17:25:08.716553+00	2026-11-26 17:25:08.716553+00
359	1	mention	22	\N	\N	21	f	1			f	2026-11-26 17:25:08.725428+00	2026-11-26 17:25:08.725428+00
360	21	post_reaction	22	\N	\N	25	f	2			f	2026-11-26 17:25:08.726053+00	2026-11-26 17:25:08.72637+00
362	1	question_waiting	14	\N	\N	11	f	1			f	2026-11-26 17:25:08.728594+00	2026-11-26 17:25:08.728594+00
363	2	followed_person	19	\N	\N	19	f	1			f	2026-11-26 17:25:08.74495+00	2026-11-26 17:25:08.74495+00
364	3	followed_person	19	\N	\N	19	f	1			f	2026-11-26 17:25:08.745023+00	2026-11-26 17:25:08.745024+00
365	20	followed_person	19	\N	\N	19	f	1			f	2026-11-26 17:25:08.745035+00	2026-11-26 17:25:08.745035+00
366	21	followed_person	19	\N	\N	19	f	1			f	2026-11-26 17:25:08.745049+00	2026-11-26 17:25:08.745049+00
367	4	followed_person	20	\N	\N	1	f	1			f	2026-11-26 17:25:08.748489+00	2026-11-26 17:25:08.748489+00
368	20	followed_person	20	\N	\N	1	f	1			f	2026-11-26 17:25:08.748545+00	2026-11-26 17:25:08.748545+00
369	20	followed_post	20	\N	32	1	f	2			f	2026-11-26 17:25:08.756246+00	2026-11-26 17:25:08.758758+00
370	25	followed_post	20	\N	32	1	f	2			f	2026-11-26 17:25:08.756338+00	2026-11-26 17:25:08.75888+00
371	30	followed_post	20	\N	32	1	f	2			f	2026-11-26 17:25:08.756352+00	2026-11-26 17:25:08.758897+00
375	21	followed_person	21	\N	\N	20	f	1			f	2026-11-26 17:25:08.760776+00	2026-11-26 17:25:08.760776+00
376	3	followed_person	22	\N	\N	21	f	1			f	2026-11-26 17:25:08.764066+00	2026-11-26 17:25:08.764066+00
377	12	followed_person	22	\N	\N	21	f	1			f	2026-11-26 17:25:08.764121+00	2026-11-26 17:25:08.764121+00
378	22	followed_person	22	\N	\N	21	f	1			f	2026-11-26 17:25:08.764163+00	2026-11-26 17:25:08.764163+00
379	25	followed_tag	19	\N	\N	19	f	1			f	2026-11-26 17:25:08.849456+00	2026-11-26 17:25:08.849457+00
380	25	followed_tag	20	\N	\N	1	f	1			f	2026-11-26 17:25:08.879272+00	2026-11-26 17:25:08.879272+00
381	26	followed_tag	21	\N	\N	20	f	1			f	2026-11-26 17:25:08.885402+00	2026-11-26 17:25:08.885402+00
382	27	followed_tag	22	\N	\N	21	f	1			f	2026-11-26 17:25:08.886347+00	2026-11-26 17:25:08.886347+00
\.

copy open_question (species, post_id, author_id, latitude, longitude) from stdin;
	14	11	\N	\N
bovinos	21	20	\N	\N
pastos	21	20	\N	\N
\.

copy outbox (position, id, topic, type, key, data, trace, internal, occurred_at) from stdin;
659	01a218e3-c009-7e0b-9488-3be9f4d33f3f	foro.events	foro.followers_due	19	{"of": "tag", "told": 4, "after": 0, "post_id": 19, "comment_id": 0}		t	2026-11-26 17:25:08.746112+00
660	01a218e3-c010-7811-8970-d018fe496555	foro.events	foro.noticed	4	{"type": "followed_person", "post_id": 20, "user_id": 4, "comment_id": 0, "notification_id": 367}		f	2026-11-26 17:25:08.753708+00
661	01a218e3-c010-7827-a15d-5ccdb2e7848d	foro.events	foro.noticed	20	{"type": "followed_person", "post_id": 20, "user_id": 20, "comment_id": 0, "notification_id": 368}		f	2026-11-26 17:25:08.753736+00
662	01a218e3-c011-7197-be3c-4da182b76d47	foro.events	foro.followers_due	20	{"of": "tag", "told": 2, "after": 0, "post_id": 20, "comment_id": 0}		t	2026-11-26 17:25:08.753741+00
663	01a218e3-c014-78eb-9b0a-97482c6bca50	foro.events	foro.noticed	20	{"type": "followed_post", "post_id": 20, "user_id": 20, "comment_id": 31, "notification_id": 369}		f	2026-11-26 17:25:08.756818+00
664	01a218e3-c014-78fa-9878-7b4e60f08352	foro.events	foro.noticed	25	{"type": "followed_post", "post_id": 20, "user_id": 25, "comment_id": 31, "notification_id": 370}		f	2026-11-26 17:25:08.756832+00
665	01a218e3-c014-791e-a4a5-953d09259e92	foro.events	foro.noticed	30	{"type": "followed_post", "post_id": 20, "user_id": 30, "comment_id": 31, "notification_id": 371}		f	2026-11-26 17:25:08.756836+00
666	01a218e3-c017-7038-a3ad-0839efa96de6	foro.events	foro.noticed	20	{"type": "followed_post", "post_id": 20, "user_id": 20, "comment_id": 32, "notification_id": 369}		f	2026-11-26 17:25:08.759143+00
667	01a218e3-c017-7041-82c5-a53ce282f492	foro.events	foro.noticed	25	{"type": "followed_post", "post_id": 20, "user_id": 25, "comment_id": 32, "notification_id": 370}		f	2026-11-26 17:25:08.759156+00
668	01a218e3-c017-709d-bd8f-62100b6baf22	foro.events	foro.noticed	30	{"type": "followed_post", "post_id": 20, "user_id": 30, "comment_id": 32, "notification_id": 371}		f	2026-11-26 17:25:08.75916+00
669	01a218e3-c018-7e32-9961-fe44316a6957	foro.events	foro.noticed	21	{"type": "followed_person", "post_id": 21, "user_id": 21, "comment_id": 0, "notification_id": 375}		f	2026-11-26 17:25:08.761191+00
670	01a218e3-c019-7181-b36e-ead9b7b33824	foro.events	foro.followers_due	21	{"of": "tag", "told": 1, "after": 0, "post_id": 21, "comment_id": 0}		t	2026-11-26 17:25:08.761204+00
671	01a218e3-c01c-755f-9770-e055aff6e693	foro.events	foro.noticed	3	{"type": "followed_person", "post_id": 22, "user_id": 3, "comment_id": 0, "notification_id": 376}		f	2026-11-26 17:25:08.813991+00
672	01a218e3-c01c-756c-b006-b8f7cece3b4c	foro.events	foro.noticed	12	{"type": "followed_person", "post_id": 22, "user_id": 12, "comment_id": 0, "notification_id": 377}		f	2026-11-26 17:25:08.814017+00
673	01a218e3-c01c-7570-9616-8f712ff78daf	foro.events	foro.noticed	22	{"type": "followed_person", "post_id": 22, "user_id": 22, "comment_id": 0, "notification_id": 378}		f	2026-11-26 17:25:08.814021+00
674	01a218e3-c04d-7bd3-90c0-2afb7f04db05	foro.events	foro.followers_due	22	{"of": "tag", "told": 3, "after": 0, "post_id": 22, "comment_id": 0}		t	2026-11-26 17:25:08.814035+00
675	01a218e3-c072-74e0-9ae9-468574eb10d6	foro.events	foro.noticed	25	{"type": "followed_tag", "post_id": 19, "user_id": 25, "comment_id": 0, "notification_id": 379}		f	2026-11-26 17:25:08.850464+00
676	01a218e3-c092-77ba-840b-724b8c486056	foro.events	foro.noticed	25	{"type": "followed_tag", "post_id": 20, "user_id": 25, "comment_id": 0, "notification_id": 380}		f	2026-11-26 17:25:08.883192+00
677	01a218e3-c095-7884-83d1-e06c78ba248f	foro.events	foro.noticed	26	{"type": "followed_tag", "post_id": 21, "user_id": 26, "comment_id": 0, "notification_id": 381}		f	2026-11-26 17:25:08.885644+00
678	01a218e3-c096-771a-9f32-c65ba452b85d	foro.events	foro.noticed	27	{"type": "followed_tag", "post_id": 22, "user_id": 27, "comment_id": 0, "notification_id": 382}		f	2026-11-26 17:25:08.886536+00
\.

copy outbox_cursor (destination, position, updated_at) from stdin;
kafka	678	2026-11-26 17:26:42.352648+00
chat-service-notice-consumer	678	2026-11-26 17:25:09.436636+00
media-service-consumer	678	2026-11-26 17:25:09.437211+00
foro-service-notices-consumer	678	2026-11-26 17:25:09.754749+00
foro-service-followers-consumer	678	2026-11-26 17:25:09.953958+00
\.

copy parked (id, subscription, event_id, topic, type, key, data, trace, occurred_at, attempts, last_error, next_try_at, parked_at) from stdin;
\.

copy person (user_id, role, since, verified, species, latitude, longitude, gone, forgetting, suspended) from stdin;
1	specialist	2026-11-26 17:25:04.75715+00	t	{cultivos}	-5.695	-78.799	f	f	f
2	specialist	2026-11-26 17:25:04.768248+00	t	{bovinos,porcinos}	8.75	-75.876	f	f	f
3	specialist	2026-11-26 17:25:04.774211+00	f	{perros,gatos,aves}	-17.404	-66.291	f	f	f
4	specialist	2026-11-26 17:25:04.775707+00	f	{cultivos}	-16.416	-71.546	f	f	f
5	specialist	2026-11-26 17:25:04.77729+00	f	{bovinos,ovinos,pastos}	1.199	-77.284	f	f	f
6	specialist	2026-11-26 17:25:04.778934+00	f	{bovinos,equinos}	-17.328	-63.249	f	f	f
7	specialist	2026-11-26 17:25:04.780348+00	f	{cultivos}	-5.724	-78.801	f	f	f
8	specialist	2026-11-26 17:25:04.781763+00	f	{bovinos,porcinos}	8.746	-75.869	f	f	f
9	specialist	2026-11-26 17:25:04.783047+00	f	{perros,gatos,aves}	-17.404	-66.268	f	f	f
10	specialist	2026-11-26 17:25:04.784309+00	f	{cultivos}	-16.412	-71.525	f	f	f
11	businessman	2026-11-26 17:25:04.785885+00	f	{}	\N	\N	f	f	f
12	businessman	2026-11-26 17:25:04.787261+00	f	{}	\N	\N	f	f	f
13	businessman	2026-11-26 17:25:04.788526+00	f	{}	\N	\N	f	f	f
14	businessman	2026-11-26 17:25:04.789779+00	f	{}	\N	\N	f	f	f
15	businessman	2026-11-26 17:25:04.791077+00	f	{}	\N	\N	f	f	f
16	businessman	2026-11-26 17:25:04.792047+00	f	{}	\N	\N	f	f	f
17	businessman	2026-11-26 17:25:04.793247+00	f	{}	\N	\N	f	f	f
18	businessman	2026-11-26 17:25:04.794391+00	f	{}	\N	\N	f	f	f
19	consumer	2026-11-26 17:25:04.795842+00	f	{}	\N	\N	f	f	t
20	consumer	2026-11-26 17:25:04.797067+00	f	{}	\N	\N	f	f	f
21	consumer	2026-11-26 17:25:04.79808+00	f	{}	\N	\N	f	f	f
22	consumer	2026-11-26 17:25:04.799141+00	f	{}	\N	\N	f	f	f
23	consumer	2026-11-26 17:25:04.800231+00	f	{}	\N	\N	f	f	f
24	consumer	2026-11-26 17:25:04.811792+00	f	{}	\N	\N	f	f	f
25	consumer	2026-11-26 17:25:04.813706+00	f	{}	\N	\N	f	f	f
26	consumer	2026-11-26 17:25:04.815164+00	f	{}	\N	\N	f	f	f
27	consumer	2026-11-26 17:25:04.816449+00	f	{}	\N	\N	f	f	f
28	consumer	2026-11-26 17:25:04.819818+00	f	{}	\N	\N	f	f	f
29	consumer	2026-11-26 17:25:04.822043+00	f	{}	\N	\N	f	f	f
30	consumer	2026-11-26 17:25:04.823362+00	f	{}	\N	\N	f	f	f
\.

copy post (id, author_id, anonymous, question, title, content, media_id, community_id, species, latitude, longitude, state, locked, answered, accepted_id, version, created_at, updated_at, edited_at, views_count, comments_count, likes, dislikes, hearts, waited, relevance) from stdin;
2	21	f	t	Garrapatas que ya no mueren con nada, ¿qué usan ustedes?	Llevo tres años bañando con el mismo producto y este año no les hace nada. Son unas cuarenta cabezas cruzadas, a monte. ¿Cambio de producto o aumento la dosis?\n	\N	2	{bovinos}	\N	\N	visible	f	t	\N	1	2026-10-29 17:56:48.400366+00	2026-10-29 17:56:48.400366+00	\N	0	2	1	0	1	f	1.95
1	19	f	t	¿Qué le doy a mi vaca que no quiere comer después del parto?	Parió hace tres días, un ternero sano. Desde ayer casi no come, está echada y las orejas las tiene frías. Tiene cinco años y es buena lechera. ¿Puede ser falta de calcio? El pueblo me queda a dos horas.\n	\N	2	{bovinos}	\N	\N	visible	f	t	1	1	2026-10-27 17:25:04.82575+00	2026-10-27 17:25:04.82575+00	\N	0	3	0	0	0	f	0
3	19	f	f	Mis gallinas dejaron de poner en invierno	Tengo treinta ponedoras criollas. Comen maíz y lo que encuentran. Desde junio pongo la mano en el nido y nada, dos o tres huevos al día.\n	\N	2	{aves}	\N	\N	visible	f	f	\N	1	2026-10-31 17:20:00.314184+00	2026-10-31 17:20:00.314184+00	\N	0	2	4	0	1	f	2.3
4	19	f	t	¿Cada cuánto desparasitar ovejas en altura?	Estoy a 3.800 metros, con sesenta ovejas y veinte alpacas que pastan juntas. Un vecino desparasita cada mes, otro una vez al año. ¿Quién tiene razón?\n	\N	2	{ovinos,camelidos}	\N	\N	visible	f	t	\N	1	2026-11-02 15:32:59.009613+00	2026-11-02 15:32:59.009613+00	\N	0	1	3	0	3	f	2.2
5	19	f	f	El maíz se pone amarillo desde abajo	Sembré hace cincuenta días, las hojas de abajo se ponen amarillas en forma de V desde la punta. Llovió mucho las últimas semanas. El suelo es arenoso.\n	\N	2	{cultivos}	\N	\N	visible	f	f	\N	1	2026-11-04 12:33:54.94156+00	2026-11-04 12:33:54.94156+00	\N	0	3	3	0	0	f	2.3
6	19	f	f	Precio justo para vender lechones de 45 días	Tengo nueve lechones cruzados de 45 días, destetados y vacunados. En la feria me ofrecen por cabeza y un intermediario por kilo. ¿Cómo calculan ustedes?\n	\N	2	{porcinos}	\N	\N	visible	f	f	\N	1	2026-11-06 08:20:49.585658+00	2026-11-06 08:20:49.585658+00	\N	0	2	1	0	0	f	1.79
7	21	f	t	Buenas, ¿alguien ha usado el chat desde el campo con poca señal?	En mi comunidad solo hay una raya de señal arriba del cerro. Los mensajes que escribo abajo, ¿se pierden?\n	\N	1	{}	\N	\N	visible	f	t	14	1	2026-11-08 02:51:34.053853+00	2026-11-08 02:51:34.053853+00	\N	0	1	0	0	0	f	1.1
8	12	f	f	Feria ganadera este fin de semana	Sábado y domingo desde las siete de la mañana. Habrá remate de toros, demostración de ordeño y vacunación gratuita de perros. Traigan su guía de movimiento.\n	\N	1	{}	\N	\N	visible	f	f	\N	1	2026-11-09 20:03:47.570062+00	2026-11-09 20:03:47.570062+00	\N	0	2	1	0	0	f	1.79
9	1	f	f	Cómo tomar la temperatura a un animal en casa	Con un termómetro común, untado con un poco de aceite, por el recto y pegado a la pared, un minuto. Vaca 38 a 39,3 grados, oveja y cabra 38,5 a 40, cerdo 38,5 a 39,5, caballo 37,2 a 38,3, perro 38 a 39,2. Anoten la hora. Con ese dato el veterinario ya sabe mucho cuando lo llaman.\n	\N	1	{}	\N	\N	visible	f	f	\N	1	2026-11-11 11:54:55.482309+00	2026-11-11 11:54:55.482309+00	\N	0	2	3	0	3	f	2.4
10	1	f	t	Brote de diarrea en terneros de menos de diez días	Hato de 120 vacas, murieron cuatro de veintidós terneros en dos semanas. Diarrea amarilla, deshidratación rápida, sin sangre. Toman calostro de la madre sin control. Mandé muestras, mientras tanto hidratación oral y vena en los graves. ¿Qué otra medida tomarían?\n	\N	3	{bovinos}	\N	\N	visible	f	t	\N	1	2026-11-13 02:22:06.907041+00	2026-11-13 02:22:06.907041+00	\N	0	2	2	0	2	f	2.2
11	4	f	t	Dosis de ivermectina en llamas, ¿qué están usando?	La bibliografía se contradice, entre 200 y 400 microgramos por kilo. En mi zona vemos sarna que no cede con 200. ¿Experiencias con intervalos y vía?\n	\N	3	{camelidos}	\N	\N	visible	f	t	21	1	2026-11-14 15:22:11.241666+00	2026-11-14 15:22:11.241666+00	\N	0	1	3	0	3	f	2.2
12	6	f	f	Roya en trigo, avisos tempranos por zona	Abro este hilo para que cada uno avise dónde ve las primeras pústulas y en qué estado del cultivo, así decidimos juntos si conviene aplicar. Pongan variedad y altura.\n	\N	3	{cultivos}	\N	\N	visible	f	f	\N	1	2026-11-16 02:51:34.805515+00	2026-11-16 02:51:34.805515+00	\N	0	1	0	0	0	f	1.1
13	11	f	t	¿Cómo manejan la cadena de frío de las vacunas?	Tengo la tienda en un pueblo con cortes de luz de hasta seis horas. Perdí un lote de vacuna contra newcastle. ¿Qué usan como respaldo?\n	\N	4	{}	\N	\N	visible	f	t	23	1	2026-11-17 12:46:15.183724+00	2026-11-17 12:46:15.183724+00	\N	0	2	0	0	0	f	1.61
15	19	t	t	¿Cómo sé si me están pagando menos por la leche?	El acopio me descuenta por grasa y por agua, pero nunca me enseñan el análisis. No quiero problemas con ellos porque es el único que compra en la zona.\n	\N	2	{bovinos}	\N	\N	visible	f	t	\N	1	2026-11-20 03:32:08.96854+00	2026-11-20 03:32:08.96854+00	\N	0	2	2	0	0	f	1.95
16	21	f	t	Yegua con cólico, ¿la hago caminar?	Se echa y se levanta, se mira la panza y suda. Empezó hace una hora. El veterinario llega en la tarde.\n	\N	2	{equinos}	\N	\N	visible	f	t	28	1	2026-11-21 08:11:36.365473+00	2026-11-21 08:11:36.365473+00	\N	0	1	1	0	0	f	1.39
17	19	f	f	Abejas que se van del cajón	Es el segundo enjambre que se me va en un mes. Los cajones son nuevos, de madera pintada por dentro. Hay flor de algarrobo cerca.\n	\N	2	{abejas}	\N	\N	visible	f	f	\N	1	2026-11-22 10:52:14.088479+00	2026-11-22 10:52:14.088479+00	\N	0	1	1	0	0	f	1.39
14	11	f	t	Vender a crédito hasta la cosecha	Los productores me piden semilla y abono y pagan cuando cosechan. ¿Qué papel firman ustedes y cuánto adelantan?\n	\N	4	{}	\N	\N	visible	f	f	\N	1	2026-11-18 21:01:34.386669+00	2026-11-18 21:01:34.386669+00	\N	0	1	0	0	2	t	0
18	21	f	f	Tilapia muerta en la mañana después de varios días nublados	Un estanque de veinte por diez metros, mil peces. Hoy amanecieron unos cuarenta flotando y los demás boqueando arriba.\n	\N	2	{peces}	\N	\N	visible	f	f	\N	1	2026-11-23 11:24:27.258284+00	2026-11-23 11:24:27.258284+00	\N	0	1	1	0	2	f	1.79
19	19	f	f	Gracias a todos, la vaca se salvó	Escribí el lunes y en diez minutos me contestaron tres personas. Hoy ya está con su ternero. Dios les pague.\n	\N	1	{}	\N	\N	visible	f	f	\N	1	2026-11-24 09:35:53.984151+00	2026-11-24 09:35:53.984151+00	\N	0	0	2	0	2	f	1.61
20	1	f	f	Campaña de vacunación antirrábica, fechas y puntos	Perros y gatos desde los tres meses, gratis. Lleven al animal con collar o en caja. Los que ya se vacunaron el año pasado también necesitan su refuerzo.\n	\N	1	{perros,gatos}	\N	\N	visible	f	f	\N	1	2026-11-25 05:09:43.614516+00	2026-11-25 05:09:43.614516+00	\N	0	2	2	0	1	f	2.08
21	20	f	t	¿Sirve el ensilaje de caña para vacas secas?	Se me acabó el pasto y tengo una parcela de caña. No sé si la puedo ensilar sola o con algo.\n	\N	2	{bovinos,pastos}	\N	\N	visible	f	f	\N	1	2026-11-25 21:40:58.335306+00	2026-11-25 21:40:58.335306+00	\N	0	0	3	0	1	t	0
22	21	f	f	Cabras que abortan a los cuatro meses	Cinco de veinte abortaron este mes. Compré un macho nuevo en la feria hace poco. Mis hijos toman la leche, ¿hay peligro?\n	\N	2	{caprinos}	\N	\N	visible	f	f	\N	1	2026-11-26 10:26:26.460488+00	2026-11-26 10:26:26.460488+00	\N	0	0	2	0	0	f	1.1
\.

copy post_tag (post_id, tag_id, shown) from stdin;
1	1	t
1	2	t
2	3	t
2	4	t
3	5	t
3	6	t
4	7	t
4	8	t
5	9	t
5	10	t
6	11	t
6	12	t
8	13	t
9	14	t
10	15	t
10	16	t
10	17	t
11	18	t
11	19	t
12	20	t
12	21	t
13	22	t
13	23	t
14	24	t
15	12	t
15	25	t
16	26	t
17	27	t
18	28	t
18	29	t
19	30	t
20	23	t
20	31	t
21	32	t
22	33	t
22	34	t
\.

copy post_view (day, post_id, viewer) from stdin;
20783	1	92883938-28e4-4d8f-97b2-a4e6d68a48eb
20783	2	3ea8b6d9-2b4a-4003-8926-8ea5f62f948e
\.

copy reaction (id, user_id, post_id, comment_id, type, created_at) from stdin;
1	3	\N	2	like	2026-10-27 23:34:04.82575+00
2	6	\N	2	like	2026-10-27 23:34:04.82575+00
3	9	\N	2	like	2026-10-27 23:34:04.82575+00
4	12	\N	2	heart	2026-10-27 23:34:04.82575+00
5	15	\N	2	like	2026-10-27 23:34:04.82575+00
6	3	\N	1	like	2026-10-27 23:34:04.82575+00
7	3	\N	4	like	2026-10-29 21:33:48.400366+00
8	6	\N	4	like	2026-10-29 21:33:48.400366+00
9	9	\N	4	like	2026-10-29 21:33:48.400366+00
10	12	\N	4	heart	2026-10-29 21:33:48.400366+00
11	15	\N	4	heart	2026-10-29 21:33:48.400366+00
12	12	\N	5	like	2026-10-29 21:33:48.400366+00
13	15	\N	5	heart	2026-10-29 21:33:48.400366+00
14	18	\N	5	like	2026-10-29 21:33:48.400366+00
15	21	\N	5	like	2026-10-29 21:33:48.400366+00
16	24	\N	5	heart	2026-10-29 21:33:48.400366+00
17	12	2	\N	heart	2026-10-29 21:33:48.400366+00
18	15	2	\N	like	2026-10-29 21:33:48.400366+00
19	21	\N	6	like	2026-10-31 20:33:00.314184+00
20	24	\N	6	like	2026-10-31 20:33:00.314184+00
21	2	\N	7	like	2026-10-31 20:33:00.314184+00
22	5	\N	7	like	2026-10-31 20:33:00.314184+00
23	8	\N	7	heart	2026-10-31 20:33:00.314184+00
24	11	\N	7	heart	2026-10-31 20:33:00.314184+00
25	2	3	\N	like	2026-10-31 20:33:00.314184+00
26	5	3	\N	like	2026-10-31 20:33:00.314184+00
27	8	3	\N	like	2026-10-31 20:33:00.314184+00
28	11	3	\N	heart	2026-10-31 20:33:00.314184+00
29	14	3	\N	like	2026-10-31 20:33:00.314184+00
30	3	\N	8	like	2026-11-02 18:05:59.009613+00
31	3	4	\N	like	2026-11-02 18:05:59.009613+00
32	6	4	\N	heart	2026-11-02 18:05:59.009613+00
33	9	4	\N	like	2026-11-02 18:05:59.009613+00
34	12	4	\N	heart	2026-11-02 18:05:59.009613+00
35	15	4	\N	heart	2026-11-02 18:05:59.009613+00
36	18	4	\N	like	2026-11-02 18:05:59.009613+00
37	2	\N	10	like	2026-11-04 20:21:54.94156+00
38	5	\N	10	like	2026-11-04 20:21:54.94156+00
39	8	\N	10	like	2026-11-04 20:21:54.94156+00
40	11	\N	10	heart	2026-11-04 20:21:54.94156+00
41	14	\N	10	like	2026-11-04 20:21:54.94156+00
42	17	\N	10	heart	2026-11-04 20:21:54.94156+00
43	3	\N	11	like	2026-11-04 20:21:54.94156+00
44	6	\N	11	like	2026-11-04 20:21:54.94156+00
45	9	\N	11	like	2026-11-04 20:21:54.94156+00
46	12	\N	11	like	2026-11-04 20:21:54.94156+00
47	15	\N	11	like	2026-11-04 20:21:54.94156+00
48	18	\N	11	heart	2026-11-04 20:21:54.94156+00
49	3	\N	9	like	2026-11-04 20:21:54.94156+00
50	6	\N	9	like	2026-11-04 20:21:54.94156+00
51	9	\N	9	heart	2026-11-04 20:21:54.94156+00
52	3	5	\N	like	2026-11-04 20:21:54.94156+00
53	6	5	\N	like	2026-11-04 20:21:54.94156+00
54	9	5	\N	like	2026-11-04 20:21:54.94156+00
55	12	\N	12	heart	2026-11-06 12:00:49.585658+00
56	15	\N	12	heart	2026-11-06 12:00:49.585658+00
57	21	\N	13	like	2026-11-06 12:00:49.585658+00
58	24	\N	13	like	2026-11-06 12:00:49.585658+00
59	21	6	\N	like	2026-11-06 12:00:49.585658+00
60	12	\N	14	like	2026-11-08 05:13:34.053853+00
61	20	\N	15	heart	2026-11-10 00:07:47.570062+00
62	23	\N	15	like	2026-11-10 00:07:47.570062+00
63	26	\N	15	like	2026-11-10 00:07:47.570062+00
64	29	\N	15	like	2026-11-10 00:07:47.570062+00
65	2	\N	15	like	2026-11-10 00:07:47.570062+00
66	20	8	\N	like	2026-11-10 00:07:47.570062+00
67	20	\N	18	heart	2026-11-11 15:51:55.482309+00
68	20	\N	17	like	2026-11-11 15:51:55.482309+00
69	23	\N	17	like	2026-11-11 15:51:55.482309+00
70	20	9	\N	like	2026-11-11 15:51:55.482309+00
71	23	9	\N	heart	2026-11-11 15:51:55.482309+00
72	26	9	\N	heart	2026-11-11 15:51:55.482309+00
73	29	9	\N	like	2026-11-11 15:51:55.482309+00
74	2	9	\N	like	2026-11-11 15:51:55.482309+00
75	5	9	\N	heart	2026-11-11 15:51:55.482309+00
76	4	\N	20	like	2026-11-13 06:19:06.907041+00
77	7	\N	20	like	2026-11-13 06:19:06.907041+00
78	10	\N	20	like	2026-11-13 06:19:06.907041+00
79	13	\N	20	heart	2026-11-13 06:19:06.907041+00
80	16	\N	20	like	2026-11-13 06:19:06.907041+00
81	19	\N	20	heart	2026-11-13 06:19:06.907041+00
82	4	10	\N	heart	2026-11-13 06:19:06.907041+00
83	7	10	\N	heart	2026-11-13 06:19:06.907041+00
84	10	10	\N	like	2026-11-13 06:19:06.907041+00
85	13	10	\N	like	2026-11-13 06:19:06.907041+00
86	6	\N	21	heart	2026-11-14 16:50:11.241666+00
87	9	\N	21	like	2026-11-14 16:50:11.241666+00
88	12	\N	21	like	2026-11-14 16:50:11.241666+00
89	15	\N	21	heart	2026-11-14 16:50:11.241666+00
90	6	11	\N	heart	2026-11-14 16:50:11.241666+00
91	9	11	\N	heart	2026-11-14 16:50:11.241666+00
92	12	11	\N	like	2026-11-14 16:50:11.241666+00
93	15	11	\N	like	2026-11-14 16:50:11.241666+00
94	18	11	\N	heart	2026-11-14 16:50:11.241666+00
95	21	11	\N	like	2026-11-14 16:50:11.241666+00
96	8	\N	22	heart	2026-11-16 05:06:34.805515+00
97	11	\N	22	heart	2026-11-16 05:06:34.805515+00
98	14	\N	22	like	2026-11-16 05:06:34.805515+00
99	3	\N	24	like	2026-11-17 19:45:15.183724+00
100	6	\N	24	heart	2026-11-17 19:45:15.183724+00
101	9	\N	24	heart	2026-11-17 19:45:15.183724+00
102	12	\N	24	like	2026-11-17 19:45:15.183724+00
103	13	\N	25	like	2026-11-18 22:20:34.386669+00
104	13	14	\N	heart	2026-11-18 22:20:34.386669+00
105	16	14	\N	heart	2026-11-18 22:20:34.386669+00
106	3	\N	26	like	2026-11-20 10:47:08.96854+00
107	6	\N	26	like	2026-11-20 10:47:08.96854+00
108	9	\N	26	like	2026-11-20 10:47:08.96854+00
109	21	\N	27	like	2026-11-20 10:47:08.96854+00
110	24	\N	27	like	2026-11-20 10:47:08.96854+00
111	27	\N	27	like	2026-11-20 10:47:08.96854+00
112	30	\N	27	heart	2026-11-20 10:47:08.96854+00
113	3	\N	27	like	2026-11-20 10:47:08.96854+00
114	6	\N	27	heart	2026-11-20 10:47:08.96854+00
115	21	15	\N	like	2026-11-20 10:47:08.96854+00
116	24	15	\N	like	2026-11-20 10:47:08.96854+00
117	3	\N	28	like	2026-11-21 12:15:36.365473+00
118	6	\N	28	like	2026-11-21 12:15:36.365473+00
119	9	\N	28	like	2026-11-21 12:15:36.365473+00
120	12	\N	28	like	2026-11-21 12:15:36.365473+00
121	15	\N	28	like	2026-11-21 12:15:36.365473+00
122	3	16	\N	like	2026-11-21 12:15:36.365473+00
123	21	\N	29	like	2026-11-22 11:37:14.088479+00
124	24	\N	29	like	2026-11-22 11:37:14.088479+00
125	27	\N	29	like	2026-11-22 11:37:14.088479+00
126	30	\N	29	like	2026-11-22 11:37:14.088479+00
127	21	17	\N	like	2026-11-22 11:37:14.088479+00
128	3	\N	30	heart	2026-11-23 15:09:27.258284+00
129	6	\N	30	like	2026-11-23 15:09:27.258284+00
130	9	\N	30	heart	2026-11-23 15:09:27.258284+00
131	12	\N	30	like	2026-11-23 15:09:27.258284+00
132	15	\N	30	heart	2026-11-23 15:09:27.258284+00
133	18	\N	30	like	2026-11-23 15:09:27.258284+00
134	3	18	\N	heart	2026-11-23 15:09:27.258284+00
135	6	18	\N	heart	2026-11-23 15:09:27.258284+00
136	9	18	\N	like	2026-11-23 15:09:27.258284+00
137	20	19	\N	like	2026-11-24 09:35:53.984151+00
138	23	19	\N	like	2026-11-24 09:35:53.984151+00
139	26	19	\N	heart	2026-11-24 09:35:53.984151+00
140	29	19	\N	heart	2026-11-24 09:35:53.984151+00
141	20	\N	32	like	2026-11-25 07:09:43.614516+00
142	23	\N	32	like	2026-11-25 07:09:43.614516+00
143	26	\N	32	heart	2026-11-25 07:09:43.614516+00
144	20	\N	31	like	2026-11-25 07:09:43.614516+00
145	23	\N	31	like	2026-11-25 07:09:43.614516+00
146	26	\N	31	heart	2026-11-25 07:09:43.614516+00
147	29	\N	31	heart	2026-11-25 07:09:43.614516+00
148	2	\N	31	heart	2026-11-25 07:09:43.614516+00
149	20	20	\N	like	2026-11-25 07:09:43.614516+00
150	23	20	\N	like	2026-11-25 07:09:43.614516+00
151	26	20	\N	heart	2026-11-25 07:09:43.614516+00
152	21	21	\N	like	2026-11-25 21:40:58.335306+00
153	24	21	\N	heart	2026-11-25 21:40:58.335306+00
154	27	21	\N	like	2026-11-25 21:40:58.335306+00
155	30	21	\N	like	2026-11-25 21:40:58.335306+00
156	22	22	\N	like	2026-11-26 10:26:26.460488+00
157	25	22	\N	like	2026-11-26 10:26:26.460488+00
\.

copy report (id, case_id, reporter_id, reason, note, at) from stdin;
1	1	1	offensive	Mal tono	2026-11-26 17:25:05.523713+00
\.

copy revision (post_id, comment_id, version, title, content, media_id, until) from stdin;
1	\N	1	Como era antes	El texto de antes	\N	2026-11-26 17:25:05.524167+00
\.

copy suspension (id, user_id, community_id, decision_id, since, until, lifted_at, hiding) from stdin;
1	19	0	1	2026-11-26 17:25:05.523713+00	2026-11-29 17:25:05.523713+00	2026-11-26 17:25:05.523713+00	
\.

copy tag (id, name, posts_count) from stdin;
1	hipocalcemia	1
2	parto	1
3	garrapata	1
4	resistencia	1
5	gallinas	1
6	postura	1
7	altura	1
8	parasitos	1
9	maiz	1
10	nitrogeno	1
11	lechones	1
13	feria	1
14	primeros_auxilios	1
15	calostro	1
16	diarrea	1
17	terneros	1
18	ivermectina	1
19	sarna	1
20	roya	1
21	trigo	1
22	cadena_de_frio	1
24	credito	1
12	precios	2
25	leche	1
26	colico	1
27	apicultura	1
28	oxigeno	1
29	tilapia	1
30	gracias	1
23	vacunas	2
31	rabia	1
32	ensilaje	1
33	aborto	1
34	brucelosis	1
\.

copy validation (comment_id, user_id, at) from stdin;
1	1	2026-11-26 17:25:04.852498+00
4	1	2026-11-26 17:25:04.873854+00
8	1	2026-11-26 17:25:04.918267+00
19	1	2026-11-26 17:25:05.152023+00
24	1	2026-11-26 17:25:05.216176+00
26	1	2026-11-26 17:25:05.266666+00
28	1	2026-11-26 17:25:05.299456+00
\.

copy viewer_key (one, key) from stdin;
t	cc1df654-bff2-4edf-bdad-fca90c424c1d
\.

copy watch (id, user_id, post_id, tag_id, person_id, muted, created_at) from stdin;
1	21	1	\N	\N	f	2026-11-26 17:25:04.867132+00
2	21	\N	\N	19	f	2026-11-26 17:25:04.868669+00
3	26	1	\N	\N	f	2026-11-26 17:25:04.869799+00
4	26	\N	1	\N	f	2026-11-26 17:25:04.870665+00
5	1	1	\N	\N	f	2026-11-26 17:25:04.87148+00
6	12	2	\N	\N	f	2026-11-26 17:25:04.886183+00
7	12	\N	\N	21	f	2026-11-26 17:25:04.886763+00
8	17	2	\N	\N	f	2026-11-26 17:25:04.887191+00
9	17	\N	3	\N	f	2026-11-26 17:25:04.887482+00
10	22	2	\N	\N	f	2026-11-26 17:25:04.887963+00
11	2	3	\N	\N	f	2026-11-26 17:25:04.914245+00
12	2	\N	\N	19	f	2026-11-26 17:25:04.914735+00
13	7	3	\N	\N	f	2026-11-26 17:25:04.915164+00
14	7	\N	5	\N	f	2026-11-26 17:25:04.915479+00
15	12	3	\N	\N	f	2026-11-26 17:25:04.915846+00
16	3	4	\N	\N	f	2026-11-26 17:25:04.931697+00
17	3	\N	\N	19	f	2026-11-26 17:25:04.933569+00
18	8	4	\N	\N	f	2026-11-26 17:25:04.935193+00
19	8	\N	7	\N	f	2026-11-26 17:25:04.935507+00
20	13	4	\N	\N	f	2026-11-26 17:25:04.935861+00
21	3	5	\N	\N	f	2026-11-26 17:25:04.963493+00
23	8	5	\N	\N	f	2026-11-26 17:25:04.964307+00
24	8	\N	9	\N	f	2026-11-26 17:25:04.964783+00
25	13	5	\N	\N	f	2026-11-26 17:25:04.965196+00
26	21	6	\N	\N	f	2026-11-26 17:25:04.981212+00
28	26	6	\N	\N	f	2026-11-26 17:25:04.981992+00
29	26	\N	11	\N	f	2026-11-26 17:25:04.982269+00
30	1	6	\N	\N	f	2026-11-26 17:25:04.982586+00
31	12	7	\N	\N	f	2026-11-26 17:25:04.994957+00
33	17	7	\N	\N	f	2026-11-26 17:25:04.996283+00
34	22	7	\N	\N	f	2026-11-26 17:25:04.996773+00
35	20	8	\N	\N	f	2026-11-26 17:25:05.013894+00
36	20	\N	\N	12	f	2026-11-26 17:25:05.016729+00
37	25	8	\N	\N	f	2026-11-26 17:25:05.017426+00
38	25	\N	13	\N	f	2026-11-26 17:25:05.017731+00
39	30	8	\N	\N	f	2026-11-26 17:25:05.018092+00
40	20	9	\N	\N	f	2026-11-26 17:25:05.138403+00
41	20	\N	\N	1	f	2026-11-26 17:25:05.139428+00
42	25	9	\N	\N	f	2026-11-26 17:25:05.139882+00
43	25	\N	14	\N	f	2026-11-26 17:25:05.14026+00
44	30	9	\N	\N	f	2026-11-26 17:25:05.140845+00
45	4	10	\N	\N	f	2026-11-26 17:25:05.163457+00
46	4	\N	\N	1	f	2026-11-26 17:25:05.167423+00
47	9	10	\N	\N	f	2026-11-26 17:25:05.168219+00
48	9	\N	15	\N	f	2026-11-26 17:25:05.168802+00
49	14	10	\N	\N	f	2026-11-26 17:25:05.169296+00
50	6	11	\N	\N	f	2026-11-26 17:25:05.190036+00
51	6	\N	\N	4	f	2026-11-26 17:25:05.19272+00
52	11	11	\N	\N	f	2026-11-26 17:25:05.19317+00
53	11	\N	18	\N	f	2026-11-26 17:25:05.193453+00
54	16	11	\N	\N	f	2026-11-26 17:25:05.193795+00
55	8	12	\N	\N	f	2026-11-26 17:25:05.200658+00
56	8	\N	\N	6	f	2026-11-26 17:25:05.202347+00
57	13	12	\N	\N	f	2026-11-26 17:25:05.202789+00
58	13	\N	20	\N	f	2026-11-26 17:25:05.20305+00
59	18	12	\N	\N	f	2026-11-26 17:25:05.20337+00
60	3	13	\N	\N	f	2026-11-26 17:25:05.243834+00
61	3	\N	\N	11	f	2026-11-26 17:25:05.245564+00
62	8	13	\N	\N	f	2026-11-26 17:25:05.246094+00
63	8	\N	22	\N	f	2026-11-26 17:25:05.246509+00
64	13	13	\N	\N	f	2026-11-26 17:25:05.24708+00
65	13	14	\N	\N	f	2026-11-26 17:25:05.253141+00
66	13	\N	\N	11	f	2026-11-26 17:25:05.261211+00
67	18	14	\N	\N	f	2026-11-26 17:25:05.262014+00
68	18	\N	24	\N	f	2026-11-26 17:25:05.262402+00
69	23	14	\N	\N	f	2026-11-26 17:25:05.262933+00
70	21	15	\N	\N	f	2026-11-26 17:25:05.28726+00
71	26	15	\N	\N	f	2026-11-26 17:25:05.287638+00
72	26	\N	25	\N	f	2026-11-26 17:25:05.287864+00
73	1	15	\N	\N	f	2026-11-26 17:25:05.288164+00
74	3	16	\N	\N	f	2026-11-26 17:25:05.309594+00
75	3	\N	\N	21	f	2026-11-26 17:25:05.310675+00
76	8	16	\N	\N	f	2026-11-26 17:25:05.311151+00
77	8	\N	26	\N	f	2026-11-26 17:25:05.311521+00
78	13	16	\N	\N	f	2026-11-26 17:25:05.320765+00
79	21	17	\N	\N	f	2026-11-26 17:25:05.326701+00
81	26	17	\N	\N	f	2026-11-26 17:25:05.329276+00
82	26	\N	27	\N	f	2026-11-26 17:25:05.329566+00
83	1	17	\N	\N	f	2026-11-26 17:25:05.329897+00
84	3	18	\N	\N	f	2026-11-26 17:25:05.347835+00
86	8	18	\N	\N	f	2026-11-26 17:25:05.349267+00
87	8	\N	28	\N	f	2026-11-26 17:25:05.349673+00
88	13	18	\N	\N	f	2026-11-26 17:25:05.350125+00
89	20	19	\N	\N	f	2026-11-26 17:25:05.353476+00
90	20	\N	\N	19	f	2026-11-26 17:25:05.35423+00
91	25	19	\N	\N	f	2026-11-26 17:25:05.354601+00
92	25	\N	30	\N	f	2026-11-26 17:25:05.354956+00
93	30	19	\N	\N	f	2026-11-26 17:25:05.355365+00
94	20	20	\N	\N	f	2026-11-26 17:25:05.370244+00
96	25	20	\N	\N	f	2026-11-26 17:25:05.371404+00
97	25	\N	31	\N	f	2026-11-26 17:25:05.371641+00
98	30	20	\N	\N	f	2026-11-26 17:25:05.372028+00
99	21	21	\N	\N	f	2026-11-26 17:25:05.377183+00
100	21	\N	\N	20	f	2026-11-26 17:25:05.377605+00
101	26	21	\N	\N	f	2026-11-26 17:25:05.378134+00
102	26	\N	32	\N	f	2026-11-26 17:25:05.380068+00
103	1	21	\N	\N	f	2026-11-26 17:25:05.381018+00
104	22	22	\N	\N	f	2026-11-26 17:25:05.384114+00
105	22	\N	\N	21	f	2026-11-26 17:25:05.384693+00
106	27	22	\N	\N	f	2026-11-26 17:25:05.385135+00
107	27	\N	33	\N	f	2026-11-26 17:25:05.385438+00
108	2	22	\N	\N	f	2026-11-26 17:25:05.385856+00
109	2	\N	1	\N	f	2026-11-26 17:25:05.525943+00
\.

copy withheld (suspension_id, post_id, comment_id) from stdin;
1	1	1
\.

select setval('comment_id_seq', 32, true);
select setval('community_id_seq', 5, true);
select setval('decision_id_seq', 1, true);
select setval('draft_id_seq', 1, true);
select setval('flag_id_seq', 1, true);
select setval('moderation_case_id_seq', 2, true);
select setval('notification_id_seq', 382, true);
select setval('outbox_position_seq', 678, true);
select setval('parked_id_seq', 1, false);
select setval('post_id_seq', 22, true);
select setval('reaction_id_seq', 157, true);
select setval('report_id_seq', 1, true);
select setval('suspension_id_seq', 1, true);
select setval('tag_id_seq', 34, true);
select setval('watch_id_seq', 109, true);
