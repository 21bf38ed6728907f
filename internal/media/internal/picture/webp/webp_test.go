package webp

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func setup(t *testing.T) *Encoder {
	t.Helper()
	e, err := Open()
	require.NoError(t, err)
	t.Cleanup(e.Close)
	return e
}

// kinds are the images that encoding has ways of its own for, and two that are converted.
func kinds(r image.Rectangle) map[string]draw.Image {
	return map[string]draw.Image{"NRGBA": image.NewNRGBA(r), "RGBA": image.NewRGBA(r), "Paletted": image.NewPaletted(r, colors)}
}

var colors = color.Palette{
	color.NRGBA{0, 0, 0, 255}, color.NRGBA{255, 255, 255, 255}, color.NRGBA{128, 128, 128, 255},
	color.NRGBA{220, 20, 20, 255}, color.NRGBA{20, 20, 220, 255}, color.NRGBA{220, 20, 20, 128}, color.NRGBA{},
}

// stripes has a stripe of 16 pixels of each colour.
func stripes(m draw.Image, colors color.Palette) {
	for i, c := range colors {
		draw.Draw(m, image.Rect(16*i, 0, 16*i+16, 16), image.NewUniform(c), image.Point{}, draw.Src)
	}
}

func requireStripes(t *testing.T, m image.Image, colors color.Palette) {
	t.Helper()
	for i, c := range colors {
		want := color.NRGBAModel.Convert(c).(color.NRGBA)
		got := color.NRGBAModel.Convert(m.At(16*i+8, 8)).(color.NRGBA)
		require.InDelta(t, want.A, got.A, 1)
		if want.A > 0 {
			require.InDeltaSlice(t, []byte{want.R, want.G, want.B}, []byte{got.R, got.G, got.B}, 4, "%v is not %v", got, want)
		}
	}
}

func TestWhatIsWrittenReadsTheSame(t *testing.T) {
	e := setup(t)
	for name, m := range kinds(image.Rect(0, 0, 16*len(colors), 16)) {
		t.Run(name, func(t *testing.T) {
			stripes(m, colors)
			b, err := e.Encode(m, 90)
			require.NoError(t, err)
			back, err := Decode(bytes.NewReader(b))
			require.NoError(t, err)
			requireStripes(t, back, colors)
			again, err := e.Encode(back, 90) // now from *image.NYCbCrA
			require.NoError(t, err)
			back, err = Decode(bytes.NewReader(again))
			require.NoError(t, err)
			requireStripes(t, back, colors)
		})
	}
}

func TestOpaquePicturesStayWithoutAlpha(t *testing.T) {
	e, opaque := setup(t), colors[:5]
	m := image.NewRGBA(image.Rect(0, 0, 79, 15)) // odd sides, parts of stripes
	stripes(m, opaque)
	b, err := e.Encode(m, 90)
	require.NoError(t, err)
	for range 2 {
		require.Equal(t, "VP8 ", string(b[12:16]))
		back, err := Decode(bytes.NewReader(b))
		require.NoError(t, err)
		require.IsType(t, &image.YCbCr{}, back)
		requireStripes(t, back, opaque)
		b, err = e.Encode(back, 90)
		require.NoError(t, err)
	}
}

func TestEncodeTakesPartsOfPictures(t *testing.T) {
	e := setup(t)
	whole := image.NewNRGBA(image.Rect(0, 0, 96, 48))
	stripes(whole.SubImage(image.Rect(0, 0, 96, 16)).(draw.Image), colors[:5])
	for _, part := range []image.Image{
		whole.SubImage(image.Rect(0, 0, 80, 16)),
		ycbcr(whole, image.YCbCrSubsampleRatio420).SubImage(image.Rect(0, 0, 80, 16)),
		ycbcr(whole, image.YCbCrSubsampleRatio444).SubImage(image.Rect(0, 0, 80, 16)),
	} {
		b, err := e.Encode(part, 90)
		require.NoError(t, err)
		m, err := Decode(bytes.NewReader(b))
		require.NoError(t, err)
		require.Equal(t, image.Pt(80, 16), m.Bounds().Size())
		requireStripes(t, m, colors[:5])
	}
}

func ycbcr(m image.Image, ratio image.YCbCrSubsampleRatio) *image.YCbCr {
	out := image.NewYCbCr(m.Bounds(), ratio)
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			c := color.YCbCrModel.Convert(m.At(x, y)).(color.YCbCr)
			out.Y[out.YOffset(x, y)], out.Cb[out.COffset(x, y)], out.Cr[out.COffset(x, y)] = c.Y, c.Cb, c.Cr
		}
	}
	return out
}

func TestSidesThatWebPCannotHave(t *testing.T) {
	e := setup(t)
	for _, size := range []image.Point{{0, 1}, {1, 0}, {MaxSide + 1, 1}, {1, MaxSide + 1}} {
		_, err := e.Encode(image.NewNRGBA(image.Rectangle{Max: size}), 75)
		require.ErrorIs(t, err, ErrEncode)
	}
	_, err := e.Encode(image.NewNRGBA(image.Rect(0, 0, MaxSide, 1)), 75)
	require.NoError(t, err)
}

func TestMemoryRunsOutWithAnError(t *testing.T) {
	e := setup(t)
	_, err := e.allocate(1 << 30)
	require.ErrorIs(t, err, ErrEncode)
	_, err = e.Encode(image.NewNRGBA(image.Rect(0, 0, 8, 8)), 75)
	require.NoError(t, err)
}

func TestRangesAreEachOthersInverse(t *testing.T) {
	for v := 16; v <= 235; v++ {
		require.EqualValues(t, v, narrowY[widerY[v]])
	}
	for v := 16; v <= 240; v++ {
		require.EqualValues(t, v, narrowC[widerC[v]])
	}
	require.EqualValues(t, 128, widerC[128])
}

// counter counts pauses.
type counter struct {
	pause
	n int
}

func (c *counter) Before(context.Context, api.Module, api.FunctionDefinition, []uint64, experimental.StackIterator) {
	c.n++
}

func TestEncoderPauses(t *testing.T) {
	var pauses counter
	libwebp, err := compile(&pauses)
	require.NoError(t, err)
	defer libwebp.runtime.Close(t.Context())
	instance, err := libwebp.instance()
	require.NoError(t, err)
	e := &Encoder{instance}
	defer e.Close()
	m := image.NewNRGBA(image.Rect(0, 0, 640, 480))
	count := func() int {
		pauses.n = 0
		_, err := e.Encode(m, 75)
		require.NoError(t, err)
		return pauses.n
	}
	const macroblocks = 40 * 30
	transparent := count()
	for i := range m.Pix {
		m.Pix[i] |= 1
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	require.Greater(t, count(), 3*macroblocks)
	require.Greater(t, transparent, 3*macroblocks)
}

// animation wraps a still picture as the only frame of an animation.
func animation(still []byte, canvas, at image.Point, frame image.Point) []byte {
	chunk := func(id string, body ...byte) []byte {
		return append(binary.LittleEndian.AppendUint32([]byte(id), uint32(len(body))), body...)
	}
	three := func(n int) []byte { return []byte{byte(n), byte(n >> 8), byte(n >> 16)} }
	size := func(p image.Point) []byte { return append(three(p.X-1), three(p.Y-1)...) }
	place := append(append(three(at.X/2), three(at.Y/2)...), size(frame)...)
	body := append([]byte("WEBP"), chunk("VP8X", append([]byte{2, 0, 0, 0}, size(canvas)...)...)...)
	body = append(body, chunk("ANIM", 0, 0, 0, 0, 0, 0)...)
	body = append(body, chunk("ANMF", append(append(place, 0, 0, 0, 0), still[12:]...)...)...)
	return chunk("RIFF", body...)
}

func TestTheFirstFrameIsPutInItsPlace(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 16*len(colors), 16))
	stripes(m, colors)
	still, err := setup(t).Encode(m.SubImage(image.Rect(0, 0, 80, 16)), 90)
	require.NoError(t, err)
	b := animation(still, image.Pt(100, 50), image.Pt(10, 20), image.Pt(80, 16))
	config, err := DecodeConfig(bytes.NewReader(b))
	require.NoError(t, err)
	require.Equal(t, image.Pt(100, 50), image.Pt(config.Width, config.Height))
	got, err := Decode(bytes.NewReader(b))
	require.NoError(t, err)
	require.Equal(t, image.Rect(0, 0, 100, 50), got.Bounds())
	frame := image.NewNRGBA(m.Rect)
	draw.Draw(frame, frame.Rect, got, image.Pt(10, 20), draw.Src)
	requireStripes(t, frame, colors[:5])
	around := image.NewUniform(color.Transparent)
	draw.Draw(got.(draw.Image), image.Rect(10, 20, 90, 36), around, image.Point{}, draw.Src)
	require.Equal(t, image.NewNRGBA(got.Bounds()), got)
}

func TestBadAnimations(t *testing.T) {
	still, err := setup(t).Encode(image.NewYCbCr(image.Rect(0, 0, 16, 16), image.YCbCrSubsampleRatio420), 90)
	require.NoError(t, err)
	for name, b := range map[string][]byte{
		"OutsideOfItsCanvas": animation(still, image.Pt(20, 20), image.Pt(10, 0), image.Pt(16, 16)),
		"OfAnotherSize":      animation(still, image.Pt(20, 20), image.Pt(0, 0), image.Pt(8, 8)),
		"WithoutAFrame":      animation(still, image.Pt(20, 20), image.Pt(0, 0), image.Pt(16, 16))[:44],
	} {
		_, err := Decode(bytes.NewReader(b))
		require.Error(t, err, name)
	}
	_, err = Decode(io.LimitReader(strings.NewReader(strings.Repeat("RIFF", 20)), 70))
	require.Error(t, err)
}
