package store

import "agrovet/internal/foro"

var postColumns = []string{"id", "author_id", "anonymous", "question", "title", "content", "community_id", "species", "latitude", "longitude", "state",
	"answered", "accepted_id", "created_at", "updated_at", "views_count", "comments_count", "likes", "dislikes", "hearts", "waited"}

// postValues are those of a post that specialists have been told of, so that a million questions are not told of
// again.
func postValues(p foro.Post) []any {
	return []any{p.ID, p.AuthorID, p.Anonymous, p.Question, p.Title, p.Content, some(p.CommunityID), notNil(p.Species), latitude(p.Place), longitude(p.Place),
		string(p.State), p.Answered, some(p.AcceptedID), p.CreatedAt, p.CreatedAt, p.Views, p.Comments, p.Counts.Likes, p.Counts.Dislikes, p.Counts.Hearts, true}
}

var commentColumns = []string{"id", "post_id", "parent_id", "depth", "user_id", "anonymous", "content", "state", "created_at", "updated_at", "validations",
	"replies_count", "likes", "dislikes", "hearts"}

func commentValues(m foro.Comment) []any {
	return []any{m.ID, m.PostID, some(m.ParentID), m.Depth, m.UserID, m.Anonymous, m.Content, string(m.State), m.CreatedAt, m.CreatedAt, m.Validations,
		m.Replies, m.Counts.Likes, m.Counts.Dislikes, m.Counts.Hearts}
}

var noticeCopied = []string{"recipient_id", "type", "post_id", "comment_id", "opens_id", "actor_id", "anonymous", "actors_count", "read", "created_at", "updated_at"}

func noticeValues(n Notice) []any {
	return []any{n.RecipientID, string(n.Type), n.Target.PostID, some(n.Target.CommentID), some(n.OpensID), n.ActorID, n.Anonymous, n.Actors, n.Read,
		n.CreatedAt, n.UpdatedAt}
}
