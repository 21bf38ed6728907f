// Package webp reads and writes WebP pictures: [Decode] in Go, [Encoder] with libwebp.
//
// # The encoder
//
// libwebp 1.4.0 is embedded, compiled to WebAssembly (libwebp.wasm.gz, 160 KB). Its file is that of
// github.com/gen2brain/webp v0.5.5, whose lib/Makefile and lib/webp.c say how it is built. That
// module's own Go code is not used, for four reasons: it may load the system's libwebp instead; it
// runs each call without a pause (below); it returns whatever the memory holds when libwebp fails;
// and its decoder registers itself with package image.
//
// wazero compiles the file to machine code at the first [Open], never at the start of the program.
// That takes 0.2 s and 35 MB, most of them garbage afterwards: 7 MB remain.
//
// # Pauses
//
// The runtime cannot interrupt code that Go's compiler did not make, so a garbage collection that
// begins while libwebp works would hold up every goroutine until libwebp returns: requests came up
// to 0.2 s late. Therefore libwebp returns to Go for a moment at the functions in pauses.go, some ten
// thousand times for a photo, and the runtime can stop it there (BenchmarkReadsDuringRenditions).
//
// # Range
//
// WebP keeps brightness from 16 to 235 and colour from 16 to 240, and image.YCbCr means 0 to 255
// (see range.go). Both directions convert, so pictures of this package are what package image takes
// them for. x/image/webp alone does not, and white becomes a light gray.
package webp
