package search_test

import (
	"fmt"

	"agrovet/internal/platform/search"
)

// A module keeps the terms of each text, asks its index for texts that satisfy every group of a query,
// and ranks and shows what it got.
func Example() {
	a := search.New(search.Default())
	terms := a.Text(search.Field{Role: search.Title, Text: "Se venden vacas lecheras"})
	fmt.Println(len(terms), "terms to store")

	q := a.In("AR").Query("hacienda lechera")
	for _, g := range q.Groups {
		fmt.Println(g.Word, "and", len(g.Alternatives)-1, "more")
	}

	m := a.Matcher(q)
	fmt.Printf("%.2f\n", m.Score([]search.Field{{Role: search.Title, Text: "Ganado lechero"}}))
	fmt.Println(search.HTML(m.Snippet("Ganado lechero <Holando>", 80)))
	// Output:
	// 3 terms to store
	// hacienda and 1 more
	// lechera and 0 more
	// 0.84
	// <mark>Ganado</mark> <mark>lechero</mark> &lt;Holando&gt;
}
