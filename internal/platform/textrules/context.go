package textrules

import (
	"slices"
	"strings"
)

// What the words before a number say about it.
const (
	unknown = iota
	called  // it is there to be called
	counted // it counts, measures or names something
)

// near is how many words before a number say what it is, besides those that say nothing.
const near = 3

// context looks back from a number to the nearest word that says what it is. Numbers of the same length
// before it are taken for a list of which it is one: "aretes 70123456, 70123457".
func (s *Text) context(r run) int {
	for i, seen := r.first-1, 0; i >= 0 && i > r.first-40 && seen < near; i-- {
		w := s.words[i]
		switch {
		case w.number && len(w.text) == len(s.words[r.first].text):
			continue
		case w.number:
			return unknown
		case slices.Contains(callWords, w.text):
			return called
		case hasPrefix(w.text, countPrefixes) || slices.Contains(countWords, w.text):
			return counted
		case !slices.Contains(emptyWords, w.text):
			seen++
		}
	}
	return unknown
}

func hasPrefix(text string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(text, p) })
}

// measured says whether the number is an amount: of money, or of a unit behind it.
func (s *Text) measured(r run) bool {
	if before := s.words[r.first].gap; strings.ContainsAny(before, "$€#") {
		return true
	}
	if r.last+1 >= len(s.words) {
		return false
	}
	next := s.words[r.last+1]
	return !strings.ContainsAny(next.gap, ".,;:!?\n") && slices.Contains(unitWords, next.text)
}

var (
	callWords = strings.Fields(`cel celular celulares celu tel telf tlf telefono telefonos fono fonos movil fijo whatsapp whatsap watsap wasap
		guasap wsp wpp wtsp wasapp was ws whats llamar llame llamen llamame llamanos llamadas comunicarse comuniquese contacto contactos contactar
		contactarse contactame escribir escribeme escribame escribanos escriba informes telegram telefonico mensajes`)
	countPrefixes = strings.Fields(`aret caravan sinii registr sanitari señas senas agrocalidad inscrip lote serie serial chasis codig referenc
		matricul foli tatuaj microchip factur preci valor peso pesan kilo litro medid dimension edad formul catastr padron certific resoluc
		licenc permis guia crotal trazab cedul diio`)
	countWords = strings.Fields(`ica sag ipsa reg motor modelo cod ref nit ruc cuit cuil rut dni ci cc rfc ruat placa hierro chip bs bob usd us
		gtin ean barras parte pieza isbn partida rol npk año años ano anos entre costo costos lat lon latitud longitud coordenadas gps utm horas km hm
		cuenta upc sku asin id`)
	emptyWords = strings.Fields(`n nro nros no num numero numeros de del la las el los es son y e o oficial al a mi su por solo en : un`)
	unitWords  = strings.Fields(`kg kgs kilo kilos kilogramos g gr gramos lb lbs libras arroba arrobas quintal quintales qq tn ton toneladas t
		bs bob bolivianos usd us dolares pesos cop soles pen clp mxn ars cordobas nio quetzales lempiras colones guaranies gs bolivares
		cabeza cabezas ha has hectareas m m2 mts metros km hp cv rpm mm cm l lts litros ml cc galones unidades dosis sacos bolsas
		dias meses años anos horas pollos pollitos huevos plantas plantines`)
)
