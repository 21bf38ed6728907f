package search

import "strings"

// stopwords are too frequent to find anything, folded. Unlike Snowball's list this one leaves out
// words that mean something in an advert or a question, such as "estado" (in good state).
var stopwords = func() map[string]struct{} {
	m := map[string]struct{}{}
	for w := range strings.FieldsSeq(`
		a al algo alguna algunas alguno algunos ante antes aquel aquella aquello asi aun aunque
		cada como con cual cuales cualquier cuando de del desde donde durante
		e el ella ellas ellos en entre era eran eres es esa esas ese eso esos esta estan estar estas este esto
		estos estoy fue fueron ha hace han has hasta hay he la las le les lo los mas me mi mis muy
		ni no nos nosotros o os otra otras otro otros para pero poco por porque pues que quien quienes
		se sea segun ser si sin sino so sobre son soy su sus tal tambien tan tanto te ti tiene tienen tu tus
		u un una unas uno unos usted ustedes y ya yo`) {
		m[w] = struct{}{}
	}
	return m
}()

func isStopword(folded []byte) bool {
	_, ok := stopwords[string(folded)]
	return ok
}
