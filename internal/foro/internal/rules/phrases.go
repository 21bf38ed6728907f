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
	no necesita|necesitas|hace|hacen .. falta|veterinario|receta|medico
	no llam*|lleve*|llev*|consult* .. veterinario|medico
	no|evita|evite|evitar|deja|deje .. vacun*
	vacuna|vacunas .. veneno|matan|inutil|inutiles|danina|daninas|autismo
	doble|triple|cuadruple de la|dosis
	doble|triple|doblar|triplicar|duplicar|duplica|duplique .. dosis
	sin respetar|esperar|cumplir .. retiro|carencia
	aunque|vend* .. dentro|durante .. retiro|carencia
	inyect*|dale|dele|den|da|aplica|aplique|tomar|toma .. gasolina|kerosene|kerosen|diesel|lavandina|lejia|cloro|creolina|acido|paraquat|glifosato|aceite quemado|motor
	gasolina|kerosene|kerosen|diesel|lavandina|lejia|creolina|paraquat .. inyect*|tomar|toma|beber|oral|boca
	clembuterol|clenbuterol|paration|carbofuran|furadan|estricnina|cianuro|ddt|endosulfan|aldrin
	cebo|cebos|veneno|envenenar|envenena|envenene .. perro*|zorro*|puma*|vecino*|condor*`

const dangerInnocent = `
	no|nunca|jamas .. sin receta|recetas
	no|nunca|jamas|evita|evite|eviten .. inyect*|dale|dele|den|da|aplica|aplique|use|usen|usar
	no|nunca|jamas|ni .. doble|triple|doblar|duplicar dosis
	no se|se prohibio|prohibido|prohibida|prohibidos|proscrito|intoxic*|sintoma*|antidoto .. clembuterol|clenbuterol|paration|carbofuran|furadan|estricnina|cianuro|ddt|endosulfan|aldrin
	no se olvide*|olvides|deje*|dejes|descuid* .. vacun*
	no|nunca|jamas deje*|dejes|olvide*|olvides|falt* .. vacun*
	no esta|estan|estaba|estaban|fue|fueron|ha|han|he|hemos|habia .. vacun*
	no tien*|tengo|sabe|se|recuerdo|recuerda|pude|pudimos|hay|hubo|puse|pusieron|recibi* .. vacun*`
