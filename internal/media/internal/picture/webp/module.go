package webp

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed" // for libwebp.wasm.gz
	"io"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

//go:embed libwebp.wasm.gz
var zipped []byte

// maxMemory bounds what one Encoder may take, in pages of 64 KiB: 512 MiB. Encoding takes 5 bytes for
// each pixel of an opaque *image.YCbCr, which makes 100 megapixels; 11 of another opaque picture; and
// up to 25 of a transparent one, which makes 20.
const maxMemory = 1 << 13

// compiled is libwebp as machine code, ready to be instantiated.
type compiled struct {
	runtime wazero.Runtime
	code    wazero.CompiledModule
}

// libwebp compiles when it is first called.
var libwebp = sync.OnceValues(func() (compiled, error) { return compile(pause{}) })

// compile prepares libwebp, which calls p at every pause.
func compile(p experimental.FunctionListener) (compiled, error) {
	unzip, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return compiled{}, err
	}
	wasm, err := io.ReadAll(unzip)
	if err != nil {
		return compiled{}, err
	}
	ctx := experimental.WithFunctionListenerFactory(context.Background(), listeners{p})
	runtime := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithMemoryLimitPages(maxMemory))
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, runtime); err != nil { // what C's library asks for
		return compiled{}, err
	}
	code, err := runtime.CompileModule(ctx, wasm)
	return compiled{runtime, code}, err
}

// instance gives libwebp fresh memory. It sees no files, no network, no clock and no environment.
func instance() (api.Module, error) {
	c, err := libwebp()
	if err != nil {
		return nil, err
	}
	return c.instance()
}

func (c compiled) instance() (api.Module, error) {
	anonymous := wazero.NewModuleConfig().WithName("") // so that there may be several at once
	return c.runtime.InstantiateModule(context.Background(), c.code, anonymous)
}
