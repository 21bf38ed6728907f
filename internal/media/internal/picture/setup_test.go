package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"golang.org/x/image/draw"

	"agrovet/internal/media/internal/picture/webp"
)

// allocatedAtStart is what the program allocated before its first test, in bytes.
var allocatedAtStart uint64

func TestMain(m *testing.M) {
	allocatedAtStart = allocated()
	goleak.VerifyTestMain(m)
}

// allocated is what the program has ever allocated.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// file reads one of testdata.
func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return b
}

// photo is as large as one of a camera, 12 megapixels, and as hard to encode.
var photo = sync.OnceValue(func() *image.RGBA {
	tile, m := scenery(500, 375), image.NewRGBA(image.Rect(0, 0, 4000, 3000))
	for y := 0; y < 3000; y += 375 {
		for x := 0; x < 4000; x += 500 {
			draw.Draw(m, tile.Rect.Add(image.Pt(x, y)), tile, image.Point{}, draw.Src)
		}
	}
	return m
})

// photoJPEG is that photo as a camera stores it.
var photoJPEG = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, photo(), &jpeg.Options{Quality: 90}); err != nil {
		panic(err)
	}
	return b.Bytes()
})

// scenery has large shapes with ever finer detail on them, and a little noise of the sensor.
func scenery(width, height int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	random := rand.New(rand.NewPCG(1, 2))
	layer := image.NewRGBA(out.Rect)
	for octave := 2; octave <= 9; octave++ {
		coarse := static(random, 1<<octave, 1<<octave)
		draw.ApproxBiLinear.Scale(layer, layer.Rect, coarse, coarse.Rect, draw.Src, nil)
		for i, v := range layer.Pix {
			out.Pix[i] = byte((int(out.Pix[i])*(octave-1) + int(v)) / octave)
		}
	}
	for i := range out.Pix {
		if i%4 == 3 {
			out.Pix[i] = 255
			continue
		}
		out.Pix[i] = byte(min(255, int(out.Pix[i])+random.IntN(4)))
	}
	return out
}

// static is noise, opaque.
func static(random *rand.Rand, width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range m.Pix {
		m.Pix[i] = byte(random.Uint32())
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	return m
}

// flat is one colour.
func flat(width, height int, c color.Color) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(m, m.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return m
}

func encodePNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, m))
	return b.Bytes()
}

// decoded decodes what the package wrote.
func decoded(t testing.TB, mime string, b []byte) image.Image {
	t.Helper()
	m, err := formats[mime].decode(bytes.NewReader(b))
	require.NoError(t, err)
	return m
}

// encoder is one for the test.
func encoder(t testing.TB) *webp.Encoder {
	t.Helper()
	e, err := webp.Open()
	require.NoError(t, err)
	t.Cleanup(e.Close)
	return e
}

// requireColor compares as people see, that is roughly.
func requireColor(t testing.TB, want, got color.Color, delta float64) {
	t.Helper()
	w, g := color.NRGBAModel.Convert(want).(color.NRGBA), color.NRGBAModel.Convert(got).(color.NRGBA)
	require.InDelta(t, w.A, g.A, delta, "%v is not %v", g, w)
	if w.A == 0 {
		return
	}
	require.InDelta(t, w.R, g.R, delta, "%v is not %v", g, w)
	require.InDelta(t, w.G, g.G, delta, "%v is not %v", g, w)
	require.InDelta(t, w.B, g.B, delta, "%v is not %v", g, w)
}
