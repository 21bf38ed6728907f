// Package catalog says what kinds of adverts there are and what can be told about each.
//
// categories.yaml is the tree that a new installation gets: two levels, the order of rows part of
// the contract, because existing clients read one page and show the eight core names that they
// find on it. [Standard] reads it. Names of the original that are no category of their own live
// on as aliases, so that its adverts and its links find a place ([Find]).
//
// A category has [Attribute] definitions, a child also those of its parent ([Inherited]): the breed
// of an animal, the horsepower of a tractor. Staff changes them over REST; [ParseDefinitions] reads
// what it sends. From the definitions follows everything else:
//
//   - [Validate] turns what a client sent into clean values, or tells all that is wrong at once;
//   - [Traits] and [Words] are what an index keeps of clean values: exact pairs and text;
//   - [ParseFilters] reads query parameters such as attr.raza=nelore and attr.peso_kg.min=200, and
//     [Matches] decides whether clean values satisfy a filter.
//
// Clean values are made of text, booleans, json.Number and lists of text, hold no null and no float,
// and validate to themselves. There is no database here and no state. Start reading at attribute.go.
package catalog
