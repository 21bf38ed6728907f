package hub

import "sync/atomic"

// Counters are what happened since the hub was made. Where names count, On… are told.
type Counters struct {
	Frames    atomic.Int64 // written
	reads     atomic.Int64 // pages of the log
	OnOpen    func(kind string)
	OnClose   func(kind string)
	OnCut     func(reason string)
	OnResumed func(how string)
}

// Count is the hub's counters; set their functions before there are connections.
func (h *Hub) Count() *Counters { return &h.count }

func (c *Counters) out(frames int) { c.Frames.Add(int64(frames)) }

func (c *Counters) opened(kind string) {
	if c.OnOpen != nil {
		c.OnOpen(kind)
	}
}

func (c *Counters) closed(kind string) {
	if c.OnClose != nil {
		c.OnClose(kind)
	}
}

func (c *Counters) cuts(reason string) {
	if c.OnCut != nil {
		c.OnCut(reason)
	}
}

func (c *Counters) resumed(how string) {
	if c.OnResumed != nil {
		c.OnResumed(how)
	}
}
