// Package picture decodes, turns and shrinks photos.
//
// Decoding a photo takes a few bytes for each of its pixels, so few are decoded at once: everybody
// else waits for their turn (see Studio). What comes in has passed package content, and so has a
// bounded number of pixels.
package picture
