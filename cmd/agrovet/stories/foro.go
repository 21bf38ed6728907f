package stories

var foroTales = []tale{}
