package main

import (
	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/chat/chatmod"
	"agrovet/internal/foro"
	"agrovet/internal/marketplace"
	"agrovet/internal/media"
	"agrovet/internal/profiles"
)

// events are all that modules publish, in the words of /asyncapi.json. A test fails for one that is missing.
var events = []chatmod.Event{
	{Payload: auth.UserCreated{}, Summary: "Somebody has an account now. The only event with a phone number."},
	{Payload: auth.UserUpdated{}, Summary: "What others show of a user changed. It carries the whole of it."},
	{Payload: auth.UserDeleted{}, Summary: "The account is gone; every module removes or anonymises what it has of the user."},
	{Payload: auth.RoleChanged{}, Summary: "The user has another role now."},
	{Payload: auth.LoggedIn{}, Summary: "A session was made with phone and password."},
	{Payload: auth.PasswordReset{}, Summary: "The password was set anew by a code; all sessions ended."},
	{Payload: auth.SessionsEnded{}, Summary: "Sessions of a user ended; without session_ids, all of them."},
	{Payload: auth.CodeRequested{}},
	{Payload: media.Created{}, Summary: "An object is there."},
	{Payload: media.Updated{}, Summary: "An object has another file or name, or its renditions are there now."},
	{Payload: media.Deleted{}, Summary: "An object is gone; every module forgets its id."},
	{Payload: media.FileStored{}},
	{Payload: media.BytesFreed{}},
	{Payload: profiles.Created{}, Summary: "A user has a profile now."},
	{Payload: profiles.Updated{}, Summary: "A profile changed."},
	{Payload: profiles.VerificationChanged{}, Summary: "A specialist's verification was asked for, decided or ended."},
	{Payload: marketplace.Created{}, Summary: "An advert is shown now."},
	{Payload: marketplace.Updated{}, Summary: "An advert changed."},
	{Payload: marketplace.Deleted{}, Summary: "An advert is gone."},
	{Payload: marketplace.Sold{}, Summary: "An advert was sold."},
	{Payload: marketplace.Expiring{}, Summary: "An advert expires soon."},
	{Payload: marketplace.Alert{}, Summary: "An advert matches somebody's saved search."},
	{Payload: marketplace.Moderated{}, Summary: "Staff decided on an advert."},
	{Payload: chat.MessageSent{}, Summary: "A message is stored."},
	{Payload: chat.RoomCreated{}, Summary: "There is a new room."},
	{Payload: foro.PostCreated{}, Summary: "Somebody asks or tells something in the forum."},
	{Payload: foro.PostDeleted{}, Summary: "A post is gone, with everything on it."},
	{Payload: foro.CommentAdded{}, Summary: "Somebody answers."},
	{Payload: foro.CommentDeleted{}, Summary: "A comment's text is gone; when there are replies its place is there yet."},
	{Payload: foro.AnswerAccepted{}, Summary: "The asker says that a comment answers the question."},
	{Payload: foro.AnswerValidated{}, Summary: "A verified specialist says that a comment answers the question."},
	{Payload: foro.QuestionWaiting{}, Summary: "Nobody has answered a question for long; said once, with specialists who may know."},
	{Payload: foro.ReactionAdded{}, Summary: "Somebody reacts, and has not reacted so before."},
	{Payload: foro.Moderated{}, Summary: "A moderator has decided about a post or comment."},
	{Payload: foro.Noticed{}, Summary: "Somebody is told something that happened in the forum."},
	{Payload: foro.FollowersDue{}},
	{Payload: foro.MentionsAdded{}},
	{Payload: foro.MemberChanged{}},
	{Payload: media.Shown{Module: "auth"}, Summary: placeShows},
	{Payload: media.Shown{Module: "profiles"}, Summary: placeShows},
	{Payload: media.Shown{Module: "marketplace"}, Summary: placeShows},
	{Payload: media.Shown{Module: "chat"}, Summary: placeShows},
	{Payload: media.Shown{Module: "foro"}, Summary: placeShows},
	{Payload: media.Withdrawn{Module: "foro"}, Summary: "A place's files are to be deleted at once and for good."},
}

const placeShows = "A place of the module shows exactly these objects from now on."
