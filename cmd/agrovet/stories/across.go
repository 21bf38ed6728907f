package stories

var acrossTales = []tale{}
