package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEveryEventIsInTheDocument reads the faces: each type that is a payload is in the list.
func TestEveryEventIsInTheDocument(t *testing.T) {
	listed := map[string]bool{}
	for _, e := range events {
		require.Equal(t, e.Payload.Kind().Internal, e.Summary == "", "%T", e.Payload)
		listed[reflect.TypeOf(e.Payload).String()] = true
	}
	faces, err := filepath.Glob("../../internal/*/events.go")
	require.NoError(t, err)
	found := 0
	for _, face := range faces {
		file, err := parser.ParseFile(token.NewFileSet(), face, nil, 0)
		require.NoError(t, err)
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || f.Name.Name != "Kind" {
				continue
			}
			name := file.Name.Name + "." + f.Recv.List[0].Type.(*ast.Ident).Name
			require.True(t, listed[name], "%s is not in events (asyncapi.go)", name)
			found++
		}
	}
	require.Greater(t, found, 20)
}
