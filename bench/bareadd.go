package main

import (
	"encoding/json"
)

// bareAdd is the product's JSON of an advert.
type bareAdd struct {
	ID               int64           `json:"id"`
	PublisherID      int64           `json:"publisher_id"`
	Publisher        int64           `json:"publisher"`
	PublisherName    string          `json:"publisher_name"`
	PublisherPicture *string         `json:"publisher_picture"`
	Title            string          `json:"title"`
	Description      string          `json:"description"`
	Price            string          `json:"price"`
	Currency         string          `json:"currency"`
	Unit             string          `json:"unit"`
	Country          string          `json:"country"`
	Quantity         *string         `json:"quantity"`
	Negotiable       bool            `json:"negotiable"`
	Swap             bool            `json:"swap"`
	OnRequest        bool            `json:"on_request"`
	BasePrice        *string         `json:"base_price"`
	BaseUnit         *string         `json:"base_unit"`
	Category         *int64          `json:"category"`
	Condition        string          `json:"condition"`
	LocationName     *string         `json:"location_name"`
	Latitude         *float64        `json:"latitude"`
	Longitude        *float64        `json:"longitude"`
	DistanceKM       *float64        `json:"distance_km,omitempty"`
	Attributes       json.RawMessage `json:"attributes"`
	MainImage        json.RawMessage `json:"main_image"`
	SecondaryImages  json.RawMessage `json:"secondary_images"`
	Status           string          `json:"status"`
	Removed          bool            `json:"removed,omitempty"`
	Version          int             `json:"version"`
	CreatedAt        string          `json:"created_at"`
	UpdatedAt        string          `json:"updated_at"`
	ExpiresAt        *string         `json:"expires_at"`
	Views            int64           `json:"views"`
	IsFavourite      *bool           `json:"is_favourite"`
	Snippet          []struct {
		Text  string `json:"text"`
		Match bool   `json:"match"`
	} `json:"snippet,omitempty"`
}

func addForms() []any { return []any{&barePage[bareAdd]{}, &[]bareAdd{}, &bareAdd{}} }
