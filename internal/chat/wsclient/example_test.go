package wsclient_test

import (
	"context"
	"fmt"
	"testing"

	"agrovet/internal/chat/internal/pretendtest"
	"agrovet/internal/chat/wsclient"
)

func Example() {
	server := pretendtest.New(&testing.T{}) // in place of http://localhost:8000
	room := server.Room(1, 2)
	defer server.Close()
	ctx := context.Background()

	arrived := make(chan string, 1)
	luis, err := wsclient.Dial(ctx, wsclient.Config{URL: server.URL, Token: "t2", Handle: func(f wsclient.Frame) {
		if m, err := wsclient.As[wsclient.Message](f); err == nil && f.Entry() {
			arrived <- m.Sender.FullName + ": " + m.Text
		}
	}})
	if err != nil {
		panic(err)
	}
	defer luis.Close()

	rosa, err := wsclient.Dial(ctx, wsclient.Config{URL: server.URL, Token: "t1"})
	if err != nil {
		panic(err)
	}
	defer rosa.Close()
	ack, err := rosa.Send(ctx, wsclient.Outgoing{Room: room, Text: "¿Cuánto pesa la vaca?"})
	if err != nil {
		panic(err)
	}
	fmt.Println("stored as", ack.Seq)
	fmt.Println(<-arrived)
	// Output:
	// stored as 1
	// Rosa Mamani: ¿Cuánto pesa la vaca?
}
