package core

import "context"

// Blocked are the publishers whose adverts the caller does not want to see.
func (c *Core) Blocked(context.Context) ([]int64, error) { return nil, nil }
