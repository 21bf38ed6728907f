// Package asyncapi makes the AsyncAPI 3 document: what travels on sockets and on Kafka. Schemas are made of the types
// themselves, as those of the OpenAPI document are, so that they cannot disagree with what is sent.
//
// A new type of frame is added to frames.go; a test fails for one that is missing.
package asyncapi
