package core

import "agrovet/internal/chat/internal/store"

// Membership is a room of a person's, what they are in it, and how many are in it.
type Membership = store.Membership
