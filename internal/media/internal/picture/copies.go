package picture

import (
	"context"
	"encoding/base64"
	"errors"
	"image"
	"math"
	"slices"

	"agrovet/internal/media/internal/picture/webp"
)

// Size is what a rendition may have at most.
type Size struct {
	Name  string
	Side  int // pixels of the longer side
	Bytes int
}

// Sizes are the renditions, smallest first. The bytes are chosen by how long somebody in the country
// waits, on EDGE (100 kbit/s) and on 3G (1 Mbit/s):
//
//	small    for lists        1.3 s    0.1 s
//	medium   fills a phone    5 s      0.5 s
//	large    to look closely  16 s     1.6 s
var Sizes = []Size{
	{Name: "small", Side: 320, Bytes: 16 << 10},
	{Name: "medium", Side: 800, Bytes: 60 << 10},
	{Name: "large", Side: 1600, Bytes: 200 << 10},
}

// MaxPreview bounds a preview in bytes, since a list has one for each picture. One of a photo has
// about 200.
const MaxPreview = 512

// The preview is small and bad on purpose: browsers blur it when they enlarge it.
const (
	previewSide   = 20
	previewPrefix = "data:image/webp;base64,"
	previewBytes  = (MaxPreview - len(previewPrefix)) / 4 * 3 // what base64 makes room for
)

// Qualities of WebP, 1 to 100. A copy whose bytes do not suffice for the first is made in a lower one.
const (
	renditionQuality = 75
	previewQuality   = 40
	lowestQuality    = 15 // below, blocks show; a smaller picture looks better
)

// copies makes the renditions, largest first, each from the one before, and the preview from the last.
func copies(ctx context.Context, encoder *webp.Encoder, m image.Image) (Set, error) {
	var set Set
	var last Rendition
	for _, size := range slices.Backward(Sizes) {
		if err := ctx.Err(); err != nil {
			return Set{}, err
		}
		smaller := shrink(m, within(m.Bounds().Size(), size.Side))
		r, kept, err := rendition(encoder, smaller, size, last)
		if err != nil {
			return Set{}, err
		}
		m, last = kept, r
		set.Renditions = append(set.Renditions, r)
	}
	slices.Reverse(set.Renditions)
	preview := shrink(m, within(m.Bounds().Size(), previewSide))
	tiny, _, err := fit(encoder, preview, previewBytes, previewQuality)
	set.Preview = previewPrefix + base64.StdEncoding.EncodeToString(tiny)
	return set, err
}

// rendition encodes m, or uses the bytes of the next larger rendition again when they are of the same
// size and few enough, as those of a small original are. It also returns what was encoded.
func rendition(encoder *webp.Encoder, m *image.RGBA, size Size, larger Rendition) (Rendition, *image.RGBA, error) {
	bytes := larger.Bytes
	var err error
	if m.Rect.Max != image.Pt(larger.Width, larger.Height) || len(bytes) > size.Bytes {
		bytes, m, err = fit(encoder, m, size.Bytes, renditionQuality)
	}
	return Rendition{size.Name, m.Rect.Dx(), m.Rect.Dy(), bytes}, m, err
}

// fit encodes m in at most budget bytes, at that quality or the lower one that this takes. What has
// too many bytes even at the lowest, noise or a ragged transparency, is shrunk until it fits. fit
// also returns what was encoded. Most photos fit at once or the second time.
func fit(encoder *webp.Encoder, m *image.RGBA, budget, quality int) ([]byte, *image.RGBA, error) {
	for {
		bytes, err := encoder.Encode(m, quality)
		if err != nil || len(bytes) <= budget {
			return bytes, m, err
		}
		longest := max(m.Rect.Dx(), m.Rect.Dy())
		switch {
		case quality > lowestQuality:
			quality = lower(quality, budget, len(bytes))
		case longest > 1:
			m = shrink(m, within(m.Rect.Size(), shorter(longest, budget, len(bytes))))
		default:
			return nil, nil, errors.New("picture: budget is too small for one pixel")
		}
	}
}

// lower guesses the quality at which a picture that took so many bytes fits the budget: the bytes of
// a photo fall a little faster than quality. It is at least 10 less, so that few guesses do.
func lower(quality, budget, bytes int) int {
	return max(lowestQuality, min(quality-10, quality*budget/bytes))
}

// shorter guesses the side at which a picture that took so many bytes fits the budget: bytes go with
// the area. It is at least a tenth less, so that few guesses do.
func shorter(side, budget, bytes int) int {
	guess := 0.95 * math.Sqrt(float64(budget)/float64(bytes))
	return max(1, int(float64(side)*min(0.9, guess)))
}
