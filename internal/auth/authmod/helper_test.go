package authmod_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/kv"
)

// w2list reads an answer that is a bare list.
func w2list(a answer) (all []object) {
	a.t.Helper()
	require.NoError(a.t, json.Unmarshal([]byte(a.Raw), &all), a.Raw)
	return all
}

// freshKV is an empty cache, as after a restart.
func freshKV(t testing.TB) kv.Store {
	store := kv.Memory(1000)
	t.Cleanup(store.Close)
	return store
}

// runJob runs one of the module's jobs once.
func (w *world) runJob(name string) {
	w.t.Helper()
	for _, j := range w.module.Jobs() {
		if j.Name == name {
			require.NoError(w.t, j.Run(context.Background()))
			return
		}
	}
	require.Fail(w.t, "no job "+name)
}

// must drops the error.
func must[T any](v T, _ error) T { return v }
