package webp

// samples says what each sample becomes.
type samples [256]byte

// Samples in a WebP are those of ITU-R BT.601: libwebp src/dsp/yuv.h. Those of image.YCbCr are
// JPEG's: JFIF 1.02, "Colour space". Widening and then narrowing gives the same sample again.
var (
	widerY  = table(func(v float64) float64 { return (v - 16) * 255 / 219 })
	widerC  = table(func(v float64) float64 { return (v-128)*255/224 + 128 })
	narrowY = table(func(v float64) float64 { return v*219/255 + 16 })
	narrowC = table(func(v float64) float64 { return (v-128)*224/255 + 128 })

	unchanged = table(func(v float64) float64 { return v })
)

// table rounds, and cuts what leaves a byte.
func table(f func(float64) float64) *samples {
	var t samples
	for v := range t {
		t[v] = byte(min(max(f(float64(v))+0.5, 0), 255))
	}
	return &t
}

// convert writes what the samples of from become. The two may be the same.
func (t *samples) convert(to, from []byte) {
	for i, v := range from {
		to[i] = t[v]
	}
}
