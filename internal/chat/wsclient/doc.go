// Package wsclient is a client of the chat as a good phone app has it: one socket, /ws/, for all rooms.
//
// It connects again after whatever cuts the line, tells the server what it has, and hands on the entries of each
// room's log in order, without holes and without doubles. What is sent is sent again under the same key until the
// server has said that it is stored. That entries have arrived is told by itself.
//
// client.go is what a program uses; keep.go keeps the connection; inbox.go puts entries in order; catchup.go reads by REST what is too far behind;
// outbox.go is what is not acknowledged yet; marks.go tells what was got and read.
package wsclient
