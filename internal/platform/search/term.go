package search

import (
	"crypto/sha256"
	"encoding/binary"
)

// A term is 64 bits, written from the highest:
//
//	0 | space (1) | hash (38) | bucket + 1, or zero for anywhere (24)
//
// The space is 0 for words and 1 for traits, so the two never meet. Values are positive. Terms are
// stored, so neither the layout nor the hash may change without writing every stored term anew.
const (
	bucketBits = 24
	hashBits   = 38
	bucketMask = 1<<bucketBits - 1
	traitBit   = 1 << (bucketBits + hashBits)
)

// Buckets is how many different buckets [InBucket] tells apart; bucket Buckets is bucket 0 again.
const Buckets = bucketMask

// TermOf returns the term of a stem, anywhere: its hash is the first 38 bits of the SHA-256 of the
// stem's UTF-8 bytes. It hashes what it is given; stems come from [Stem]. Among 100,000 stems the
// chance that any two share a term is about 2 %; two that do find each other's texts.
func TermOf(stem string) int64 { return hash([]byte(stem)) }

// Trait returns the term of a property that is no word of the text, such as ("condition", "new"). Its
// hash is that of name, a zero byte and value, in a space of its own. Case and accents count. name
// must not contain a zero byte.
func Trait(name, value string) int64 {
	b := make([]byte, 0, 64)
	b = append(append(append(b, name...), 0), value...)
	return hash(b) | traitBit
}

// InBucket returns term narrowed to one bucket: a range of ids, numbered from 0, that the module
// chooses (such as id / 4096). Whatever bucket term had before is replaced. Numbers repeat after
// [Buckets], so a module whose ids run that far must compare the ids it finds.
func InBucket(term int64, bucket int64) int64 {
	n := bucket % Buckets
	if n < 0 {
		n += Buckets
	}
	return term&^bucketMask | (n + 1)
}

func hash(b []byte) int64 {
	sum := sha256.Sum256(b)
	return int64(binary.BigEndian.Uint64(sum[:8])>>(64-hashBits)) << bucketBits
}
