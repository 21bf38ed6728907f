package foromod

import (
	"agrovet/internal/foro"
	"agrovet/internal/platform/bus"
)

// noticesBatch is how many events share a transaction in which people are told of them: a few each.
const noticesBatch = 32

// notices are the module's own events of which people are told.
func (m *Module) notices() []bus.Route {
	return []bus.Route{
		bus.On(m.core.NoticePost),
		bus.On(m.core.NoticeComment),
		bus.On(m.core.NoticeMentions),
		bus.On(m.core.NoticeReaction),
		bus.On(m.core.NoticeAccepted),
		bus.On(m.core.NoticeValidated),
		bus.On(m.core.NoticeWaiting),
		{Kind: foro.Moderated{}.Kind(), Handle: m.core.NoticeModerated},
		{Kind: foro.MemberChanged{}.Kind(), Handle: m.core.NoticeMember},
	}
}
