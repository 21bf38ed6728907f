package live

import (
	"github.com/prometheus/client_golang/prometheus"

	"agrovet/internal/chat/internal/hub"
)

// Meter is the metrics of connections.
type Meter struct {
	open     *prometheus.GaugeVec
	cuts     *prometheus.CounterVec
	resumes  *prometheus.CounterVec
	received prometheus.Counter
}

func meter(h *hub.Hub, r prometheus.Registerer) *Meter {
	m := &Meter{
		open:     prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "agrovet_chat_connections", Help: "Open connections, by kind."}, []string{"kind"}),
		cuts:     prometheus.NewCounterVec(prometheus.CounterOpts{Name: "agrovet_chat_cuts_total", Help: "Connections that the server ended, by reason."}, []string{"reason"}),
		resumes:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "agrovet_chat_resumes_total", Help: "Rooms that a connection caught up with, by outcome."}, []string{"outcome"}),
		received: prometheus.NewCounter(prometheus.CounterOpts{Name: "agrovet_chat_frames_received_total", Help: "Frames of clients."}),
	}
	sent := prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "agrovet_chat_frames_sent_total", Help: "Frames written to connections."},
		func() float64 { return float64(h.Count().Frames.Load()) })
	if r != nil {
		r.MustRegister(m.open, m.cuts, m.resumes, m.received, sent)
	}
	c := h.Count()
	c.OnOpen = func(kind string) { m.open.WithLabelValues(kind).Inc() }
	c.OnClose = func(kind string) { m.open.WithLabelValues(kind).Dec() }
	c.OnCut = m.Cut
	c.OnResumed = func(how string) { m.resumes.WithLabelValues(how).Inc() }
	return m
}

// Cut counts a connection that the server ended.
func (m *Meter) Cut(reason string) { m.cuts.WithLabelValues(reason).Inc() }

// Received counts a client's frame.
func (m *Meter) Received() { m.received.Inc() }
