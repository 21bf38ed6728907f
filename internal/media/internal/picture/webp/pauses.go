package webp

import (
	"context"
	"slices"

	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// pauses are the functions of libwebp.wasm.gz, by index, at whose calls libwebp returns to Go. Each
// pause takes 0.15 µs. Pausing everywhere would make encoding four times as slow, and so would
// wazero's WithCloseOnContextDone.
//
// They were found by counting calls: these come some hundred to some ten thousand times for a
// picture of 1600 × 1200. A new libwebp.wasm.gz needs new ones; TestEncoderPauses fails until then.
var pauses = []uint32{
	67, 146, 196, 212, 213, // rows
	220, 259, 349, // macroblocks
	281, 283, 284, 309, 311, 313, 369, 402, 430, // transparency
}

// listeners makes wazero call a pause before and after those functions.
type listeners struct{ pause experimental.FunctionListener }

func (l listeners) NewFunctionListener(f api.FunctionDefinition) experimental.FunctionListener {
	if slices.Contains(pauses, f.Index()) {
		return l.pause
	}
	return nil // means that this function is not listened to
}

// pause does nothing: to be in Go is enough.
type pause struct{}

func (pause) Before(context.Context, api.Module, api.FunctionDefinition, []uint64, experimental.StackIterator) {
}
func (pause) After(context.Context, api.Module, api.FunctionDefinition, []uint64) {}
func (pause) Abort(context.Context, api.Module, api.FunctionDefinition, error)    {}
