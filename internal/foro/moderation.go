package foro

// Decision is what a moderator can decide about a post or comment.
type Decision string

// The decisions.
const (
	Dismiss Decision = "dismiss" // there is nothing wrong, or an appeal is refused
	Hide    Decision = "hide"
	Remove  Decision = "remove" // its files are deleted
	Restore Decision = "restore"
	Lock    Decision = "lock" // a post: it takes no more comments
	Unlock  Decision = "unlock"
	Warn    Decision = "warn"    // its author is told why not the next time
	Suspend Decision = "suspend" // its author writes nothing for some days
	Lift    Decision = "lift"    // a suspension, before its end
)

// Against says whether a decision is one that authors may appeal against.
func (d Decision) Against() bool {
	switch d {
	case Hide, Remove, Lock, Warn, Suspend:
		return true
	}
	return false
}
