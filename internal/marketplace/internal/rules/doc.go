// Package rules finds what staff should look at in an advert: how it wants to be paid, ways around the
// platform, a price that is too good, the same text many times. A finding never hides an advert. The
// rules are written so that what the trade says every day ("anticipo de 24 horas de ayuno", ear tags,
// weights, formulas, registrations) does not fill the queue; where they are in doubt about money, they
// speak.
//
// The table of rules is in table.go and the phrases that they know in phrases.go. The package reads
// nothing but its arguments, and its time grows with the length of the text alone.
package rules
