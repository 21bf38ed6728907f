package foro

// MemberChange is what somebody else changed about what one is in a community.
type MemberChange string

// The changes.
const (
	MadeOwner     MemberChange = "owner"     // it is theirs now
	Succeeded     MemberChange = "succeeded" // it was theirs, and is somebody else's; they moderate it
	MadeModerator MemberChange = "moderator"
	MadeMember    MemberChange = "member"   // a moderator no longer
	PutOut        MemberChange = "put_out"  // and may not come back
	LetBack       MemberChange = "let_back" // may come back
)
