// Package measure knows what an advert's price is of, and how to compare it with other prices.
//
// An [Amount] is money: a numeric(12,2), counted in hundredths, read by the rules of the REST
// contract. A [Unit] is what one amount buys: a kilogram, an arroba, a head of cattle. A [Currency]
// says what the amount is counted in; amounts of two currencies are never compared here.
//
// "850 per quintal" and "9.20 per kilogram" are sorted by their price per base unit, a [Rate]:
// [Table.Comparable] divides exactly and rounds once, half to even, to four decimals. Units with a
// physical dimension share a base unit (kg, litro, ha, and unidad for what is counted). A sack, a
// dose or an hour has no size that anybody agrees on, so it is its own base unit and compares with
// itself only.
//
// An arroba is 11.5 kg in Bolivia, 12.5 kg in Colombia and 15 kg in Brazil. Such units take their
// size from a [Table] by country. countries.txt is the table that agrovet comes with, a source
// above every group of rows; an operator changes rows with [Table.Override]:
//
//	arroba BO 11.34
//	quintal * 100
//
// Nothing in this package is a float, and nothing in it is remembered: the caller stores the rate
// and computes it again when the table, the price or the unit changes. Start reading at rate.go.
package measure
