package chatmod

import "agrovet/internal/chat/internal/asyncapi"

// Event is a type of event that a module publishes, and what it tells.
type Event = asyncapi.Event

// AsyncAPI is the AsyncAPI 3 document as JSON: the chat's sockets, and the events of all modules.
func AsyncAPI(version string, events []Event) ([]byte, error) {
	return asyncapi.Document(version, events)
}
