package stories

var chatTales = []tale{}
