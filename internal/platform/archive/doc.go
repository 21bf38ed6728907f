// Package archive is the file that `agrovet backup` makes and `agrovet restore` reads.
//
// It is a tar compressed by zstd, so `tar --zstd -tvf` shows what is in it:
//
//	agrovet-backup                     the format's number, first
//	rows/<schema>/<table>/<n>          the table's rows as COPY writes them (text), in pieces of a megabyte
//	files/<key>                        a file of the store, its content type as a PAX record
//	index/<n>                          sizes and SHA-256 of the files before it
//	manifest.json                      everything else, last: see [Manifest]
//
// Behind the compressed data stands a skippable frame (RFC 8878 §3.1.2) with the SHA-256 of all that is
// before it, which finds whatever changed on a disk or on a road. Sums in manifest and indexes find the rest:
// rows or files that a program wrote wrongly or left out.
//
// Writing and reading are streams, in some megabytes of memory, however large the archive is.
package archive
