package wire

// The codes with which a server closes a socket (RFC 6455 §7.4; those above 4000 are agrovet's own).
const (
	CloseNormal     = 1000 // the client closed it
	CloseAway       = 1001 // the server goes, or wants the client anew: come back and resume, after the time in reconnect
	CloseText       = 1003 // binary frames are not understood
	CloseNotJSON    = 1007 // too many frames that are no JSON
	CloseFlood      = 1008 // too many frames: slow down before coming back
	CloseTooBig     = 1009 // a frame above 64 KiB
	CloseFault      = 1011 // the server's own fault: come back later
	CloseSlow       = 1013 // read too slowly: come back and resume
	CloseSession    = 4401 // the session has ended: sign in
	CloseNotMember  = 4403 // the room is not one's own any more: do not come back
	CloseTooMany    = 4409 // one's newest connections took the place of this, the oldest: do not come back by itself
	ReasonSlow      = "too slow: come back and resume"
	ReasonSession   = "the session has ended"
	ReasonNotMember = "you are not in this room"
)
