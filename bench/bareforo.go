package main

import "encoding/json"

// barePost is the product's JSON of a post.
type barePost struct {
	ID             int64           `json:"id"`
	Author         bareWho         `json:"author"`
	Title          string          `json:"title"`
	Content        string          `json:"content"`
	Media          json.RawMessage `json:"media"`
	Community      *bareCommunity  `json:"community"`
	CommunityID    *int64          `json:"community_id"`
	CreatedAt      string          `json:"created_at"`
	UpdatedAt      string          `json:"updated_at"`
	EditedAt       *string         `json:"edited_at"`
	ViewsCount     int64           `json:"views_count"`
	CommentsCount  int             `json:"comments_count"`
	ReactionsCount int             `json:"reactions_count"`
	LikesCount     int             `json:"likes_count"`
	DislikesCount  int             `json:"dislikes_count"`
	HeartsCount    int             `json:"hearts_count"`
	MyReactions    []string        `json:"my_reactions"`
	RelevanceScore float64         `json:"relevance_score"`
	IsQuestion     bool            `json:"is_question"`
	Answered       bool            `json:"answered"`
	AcceptedID     *int64          `json:"accepted_comment_id"`
	Anonymous      bool            `json:"anonymous"`
	Species        []string        `json:"species"`
	Tags           []string        `json:"tags"`
	Mentions       []bareNamed     `json:"mentions"`
	Latitude       *float64        `json:"latitude"`
	Longitude      *float64        `json:"longitude"`
	Comments       []bareComment   `json:"comments"`
	CommentsNext   *string         `json:"comments_next"`
	State          string          `json:"state"`
	Locked         bool            `json:"locked"`
	Version        int             `json:"version"`
}

type bareWho struct {
	ID               int64   `json:"id"`
	Name             string  `json:"name"`
	FullName         string  `json:"full_name"`
	Avatar           *string `json:"avatar"`
	ProfilePicture   *string `json:"profile_picture"`
	Role             string  `json:"role"`
	Profession       *string `json:"profession,omitempty"`
	VerificationType *string `json:"verification_type,omitempty"`
	IsVerified       *bool   `json:"is_verified,omitempty"`
	IsStudent        *bool   `json:"is_student,omitempty"`
	IsTitled         *bool   `json:"is_titled,omitempty"`
	BusinessType     *string `json:"business_type,omitempty"`
	BusinessName     *string `json:"business_name,omitempty"`
	Anonymous        bool    `json:"anonymous,omitempty"`
}

type bareNamed struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

type bareCommunity struct {
	ID               int64           `json:"id"`
	Name             string          `json:"name"`
	Slug             string          `json:"slug"`
	ShortDescription string          `json:"short_description"`
	Description      string          `json:"description"`
	CoverImage       *string         `json:"cover_image"`
	Avatar           *string         `json:"avatar"`
	Cover            json.RawMessage `json:"cover"`
	AvatarMedia      json.RawMessage `json:"avatar_media"`
	MembersCount     int             `json:"members_count"`
	CreatedByID      *int64          `json:"created_by_id"`
	CreatedAt        string          `json:"created_at"`
	IsStandard       bool            `json:"is_standard"`
	IsMember         *bool           `json:"is_member"`
	Role             *string         `json:"role"`
}

type bareComment struct {
	ID             int64           `json:"id"`
	User           bareWho         `json:"user"`
	PostID         int64           `json:"post_id"`
	Post           int64           `json:"post"`
	ParentID       *int64          `json:"parent_id"`
	Content        string          `json:"content"`
	Media          json.RawMessage `json:"media"`
	CreatedAt      string          `json:"created_at"`
	UpdatedAt      string          `json:"updated_at"`
	EditedAt       *string         `json:"edited_at"`
	ReactionsCount int             `json:"reactions_count"`
	LikesCount     int             `json:"likes_count"`
	DislikesCount  int             `json:"dislikes_count"`
	HeartsCount    int             `json:"hearts_count"`
	MyReactions    []string        `json:"my_reactions"`
	RepliesCount   int             `json:"replies_count"`
	Popularity     int             `json:"popularity"`
	IsAccepted     bool            `json:"is_accepted"`
	Validations    int             `json:"validations_count"`
	ValidatedBy    []bareWho       `json:"validated_by"`
	Mentions       []bareNamed     `json:"mentions"`
	Replies        []bareComment   `json:"replies"`
	MoreReplies    *string         `json:"more_replies"`
	Anonymous      bool            `json:"anonymous"`
	State          string          `json:"state"`
	Version        int             `json:"version"`
}

type bareReaction struct {
	ID          int64  `json:"id"`
	User        int64  `json:"user"`
	Type        string `json:"type"`
	ContentType string `json:"content_type"`
	ObjectID    int64  `json:"object_id"`
	CreatedAt   string `json:"created_at"`
}

type bareNotification struct {
	ID          int64 `json:"id"`
	RecipientID int64 `json:"recipient_id"`
	Actor       struct {
		ID     int64   `json:"id"`
		Name   string  `json:"name"`
		Avatar *string `json:"avatar"`
	} `json:"actor"`
	ActorsCount int    `json:"actors_count"`
	NotifType   string `json:"notif_type"`
	Summary     string `json:"summary"`
	Read        bool   `json:"read"`
	CreatedAt   string `json:"created_at"`
	UpdatedAt   string `json:"updated_at"`
	ContentType string `json:"content_type"`
	ObjectID    *int64 `json:"object_id"`
	PostID      *int64 `json:"post_id"`
	CommentID   *int64 `json:"comment_id"`
}

func foroForms() []any {
	return []any{&barePage[barePost]{}, &barePost{}, &barePage[bareNotification]{}, &bareComment{}, &bareReaction{}}
}
