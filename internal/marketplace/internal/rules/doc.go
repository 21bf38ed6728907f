// Package rules finds what staff should look at in an advert: how it wants to be paid, ways around the
// platform, a price that is too good, the same text many times. A finding never hides an advert. What
// texts of any kind say is found by [textrules]; what is here are the rules of adverts, and the table of
// all in table.go. The package reads nothing but its arguments.
package rules
