package original

import (
	"fmt"
	"time"
)

// Progress is how far one thing has got.
type Progress struct {
	Module, Doing string
	Done, Total   int64 // rows, or files; of a step with several tables, or changed rows, Done may be more
	PerSecond     float64
	Left          time.Duration // of this thing; 0: not known
}

func (p Progress) String() string {
	s := fmt.Sprintf("%s: %s, %d of %d", p.Module, p.Doing, p.Done, p.Total)
	if p.PerSecond > 0 {
		s += fmt.Sprintf(", %.0f/s, %v left", p.PerSecond, p.Left.Round(time.Second))
	}
	return s
}

// meter measures one thing after another.
type meter struct {
	module string
	say    func(Progress)
	now    Progress
	begun  time.Time
}

func (m *meter) begin(doing string, total int64) {
	m.now, m.begun = Progress{Module: m.module, Doing: doing, Total: total}, time.Now()
	m.tell(0)
}

func (m *meter) tell(n int64) {
	if m.say == nil {
		return
	}
	m.now.Done += n
	if spent := time.Since(m.begun).Seconds(); n > 0 && spent > 0 {
		m.now.PerSecond = float64(m.now.Done) / spent
		m.now.Left = time.Duration(float64(max(0, m.now.Total-m.now.Done)) / m.now.PerSecond * float64(time.Second))
	}
	m.say(m.now)
}

func (w *work) staging(t Table) {
	r := w.now(t.Name)
	w.meter.begin("copy "+t.Name, r.Source)
}

func (w *work) begun(s Step) {
	if s.Table != "" {
		w.meter.begin(s.Name, max(w.now(s.Table).This["read"], 1))
		return
	}
	w.meter.begin(s.Name, 0)
}

func (w *work) tell(_ string, n int64) { w.meter.tell(n) }
