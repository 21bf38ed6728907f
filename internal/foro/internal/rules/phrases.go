package rules

// The phrases, as textrules.Phrases reads them. What is innocent is what people warn of, and what they ask.

const easyMoney = `
	gana|gane|ganar|genera|genere|generar .. dinero|plata|dolares|ingresos .. casa|facil|rapido|hoy|semanal*|diario*
	dinero|plata facil|rapido|rapida
	ingresos extra|pasivos|asegurados|garantizados
	duplica|duplique|multiplica|multiplique|triplica|triplique .. dinero|inversion|capital|plata
	invierte|invierta|inversion .. criptomoneda*|forex|trading
	prestamo|prestamos|credito|creditos .. sin garante|garantia|requisitos|buro|central
	prestamo|prestamos .. inmediato|inmediatos|urgente|urgentes
	ganaste|ganador|ganadora .. sorteo|premio|bono`

const easyMoneyInnocent = `
	no|nunca|jamas .. dinero|plata facil|rapido
	estafa|estafas|cuidado|engano|fraude .. prestamo|prestamos|inversion|premio|sorteo`

const miracle = `
	cura|curas|curacion|remedio|remedios|tratamiento|producto|formula|solucion milagroso|milagrosa|milagrosos|milagrosas
	milagroso|milagrosa .. cura|curas|remedio|tratamiento
	cura|curan|sana|elimina|eliminan todo|toda|todas|cualquier enfermedad*|mal|males|plaga*|virus|cancer
	cura|curan|sana todas las enfermedad*
	cura|curan|sana|elimina .. rabia|aftosa|brucelosis|tuberculosis|parvovirus|moquillo|cancer .. dia*|hora*|segur*|garantiz*|siempre
	cien por ciento efectivo|garantizado|seguro|natural .. cura*
	# por ciento efectivo|garantizado|seguro|natural .. cura*
	resultado|resultados|efecto milagroso|milagrosos|garantizado|garantizados
	los|las veterinario*|medico*|farmaceutica*|laboratorio* no quieren que|sepas`

const miracleInnocent = `
	no hay|existe|existen|son|es .. cura*|remedio* milagros*
	no|nunca|jamas .. milagros*
	hay|existe|alguien|algun|alguna .. cura*|remedio*|tratamiento* milagros*
	virgen|senor milagroso|milagrosa`

const danger = `
	sin receta|recetas
	sin necesidad de receta|veterinario|medico
	no necesita|necesitas|necesitan|requiere veterinario|receta|medico
	no hace falta .. veterinario|receta|medico
	no llame|llames|llamen|lleve|lleves|lleven|consulte|consultes|consulten .. veterinario|medico
	no vacune|vacunes|vacunen
	no|nunca debe|debes|deben|hay|conviene .. vacunar|vacunarlo|vacunarlos|vacunarla|vacunarlas
	evita|evite|evitar|evitemos|deja|deje|dejen .. vacunar|vacunas
	vacuna|vacunas .. veneno|matan|inutil|inutiles|danina|daninas|autismo
	doble|triple|cuadruple de la dosis
	doble|triple|cuadruple|doblar|triplicar|duplicar|duplica|duplique|doble|triplique dosis
	doblar|triplicar|duplicar|duplica|duplique|triplique .. dosis
	sin respetar|esperar|cumplir .. retiro|carencia
	vend* .. dentro|durante .. retiro|carencia
	inyect*|dale|dele|den|denle|tomar|toma|beber gasolina|kerosene|kerosen|diesel|lavandina|lejia|creolina|paraquat
	inyect*|dale|dele|den|denle|tomar|toma|beber .. gasolina|kerosene|kerosen|diesel|lavandina|lejia|creolina|paraquat
	inyect*|dale|dele|den|denle|tomar|toma|beber .. aceite quemado
	clembuterol|clenbuterol|paration|carbofuran|furadan|estricnina|cianuro|ddt|endosulfan|aldrin
	cebo|cebos|veneno|envenenar|envenena|envenene .. perro*|zorro*|puma*|vecino*|condor*`

const dangerInnocent = `
	no|nunca|jamas .. sin receta|recetas
	no|nunca|jamas|evita|evite|eviten .. inyect*|dale|dele|den|denle|tomar|toma|beber .. gasolina|kerosene|kerosen|diesel|lavandina|lejia|creolina|paraquat|aceite
	no|nunca|jamas|ni .. doble|triple|doblar|duplicar|triplicar .. dosis
	prohibio|prohibido|prohibida|prohibidos|proscrito|ilegal|intoxic*|envenena*|sintoma*|antidoto .. clembuterol|clenbuterol|paration|carbofuran|furadan|estricnina|cianuro|ddt|endosulfan|aldrin
	clembuterol|clenbuterol|paration|carbofuran|furadan|estricnina|cianuro|ddt|endosulfan|aldrin .. prohibido|prohibida|prohibidos|ilegal|intoxic*
	no|nunca|jamas deja|deje|dejen|dejes .. vacun*
	no|nunca|jamas .. cebo|cebos|veneno|envenen*`
