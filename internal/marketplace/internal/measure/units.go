package measure

import "agrovet/internal/platform/errs"

// units are all units, those that adverts use most first within each group. Codes are Spanish,
// as people who trade in them write them; they never change.
var units = []Unit{
	// International System of Units, 9th edition (BIPM 2019): tables 2, 7 and 8.
	fixedUnit(Mass, "kg", "1", "kg", text("kilogramo", "kilogram"), text("kilogramos", "kilograms")),
	fixedUnit(Mass, "g", "0.001", "kg", text("gramo", "gram"), text("gramos", "grams")),
	localUnit(Mass, "libra", "kg", text("libra", "pound"), text("libras", "pounds")),
	localUnit(Mass, "arroba", "kg", text("arroba", "arroba"), text("arrobas", "arrobas")),
	localUnit(Mass, "quintal", "kg", text("quintal", "quintal"), text("quintales", "quintals")),
	fixedUnit(Mass, "tonelada", "1000", "kg", text("tonelada", "tonne"), text("toneladas", "tonnes")),

	fixedUnit(Animals, "cabeza", "1", "cabeza", text("cabeza", "head"), text("cabezas", "head")),

	fixedUnit(Volume, "litro", "1", "litro", text("litro", "litre"), text("litros", "litres")),
	fixedUnit(Volume, "ml", "0.001", "litro", text("mililitro", "millilitre"), text("mililitros", "millilitres")),
	localUnit(Volume, "galon", "litro", text("galón", "gallon"), text("galones", "gallons")),

	fixedUnit(Area, "ha", "1", "ha", text("hectárea", "hectare"), text("hectáreas", "hectares")),
	fixedUnit(Area, "m2", "0.0001", "ha", text("metro cuadrado", "square metre"), text("metros cuadrados", "square metres")),
	localUnit(Area, "manzana", "ha", text("manzana", "manzana"), text("manzanas", "manzanas")),
	localUnit(Area, "tarea", "ha", text("tarea", "tarea"), text("tareas", "tareas")),
	localUnit(Area, "cuerda", "ha", text("cuerda", "cuerda"), text("cuerdas", "cuerdas")),

	fixedUnit(Pieces, "unidad", "1", "unidad", text("unidad", "unit"), text("unidades", "units")),
	fixedUnit(Pieces, "docena", "12", "unidad", text("docena", "dozen"), text("docenas", "dozens")),

	ownUnit("dosis", text("dosis", "dose"), text("dosis", "doses")),
	ownUnit("frasco", text("frasco", "bottle"), text("frascos", "bottles")),
	ownUnit("bulto", text("bulto", "bundle"), text("bultos", "bundles")),
	ownUnit("saco", text("saco", "sack"), text("sacos", "sacks")),
	ownUnit("bolsa", text("bolsa", "bag"), text("bolsas", "bags")),
	ownUnit("caja", text("caja", "box"), text("cajas", "boxes")),
	ownUnit("paca", text("paca", "bale"), text("pacas", "bales")),
	ownUnit("rollo", text("rollo", "roll"), text("rollos", "rolls")),
	ownUnit("lote", text("lote", "lot"), text("lotes", "lots")),
	ownUnit("par", text("par", "pair"), text("pares", "pairs")),
	ownUnit("pieza", text("pieza", "piece"), text("piezas", "pieces")),
	ownUnit("planta", text("planta", "plant"), text("plantas", "plants")),
	ownUnit("metro", text("metro", "metre"), text("metros", "metres")),
	ownUnit("hora", text("hora", "hour"), text("horas", "hours")),
	ownUnit("dia", text("día", "day"), text("días", "days")),
	ownUnit("visita", text("visita", "visit"), text("visitas", "visits")),
	ownUnit("servicio", text("servicio", "service"), text("servicios", "services")),
}

func text(es, en string) errs.Text { return errs.Text{ES: es, EN: en} }
