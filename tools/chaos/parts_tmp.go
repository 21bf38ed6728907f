package main

import "context"

func travel(context.Context, options, *ground) error { return nil }
func away(context.Context, options, *ground) error { return nil }
func chats(context.Context, options, *ground) error { return nil }
func moving(context.Context, options, *ground) error { return nil }
