package content

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
)

// location takes in where a film was taken, from a box of user data or metadata at b. Of long ones
// the beginning is read. What is broken in it is not there.
func (m *movie) location(b box) {
	data := m.at(b.data, int(min(b.end-b.data, windowSize)))
	switch {
	case m.info.Place != nil || m.err != nil:
	case b.name == "meta":
		m.info.Place = placeInMeta(data)
	default:
		m.info.Place = placeInUserData(data)
	}
}

// each calls do for the boxes in data, until it returns true.
func eachBox(data []byte, do func(name string, data []byte) bool) {
	for len(data) >= 8 {
		size := binary.BigEndian.Uint32(data)
		if size < 8 || int64(size) > int64(len(data)) || do(string(data[4:8]), data[8:size]) {
			return
		}
		data = data[size:]
	}
}

// placeInUserData looks in udta, for what QuickTime and Android write, and what 3GP has.
func placeInUserData(udta []byte) (p *Place) {
	eachBox(udta, func(name string, data []byte) bool {
		switch {
		case name == "\xa9xyz" && len(data) > 4: // length and language come first
			p = parseISO6709(string(data[4:]))
		case name == "loci":
			p = placeIn3GP(data)
		case name == "meta":
			p = placeInMeta(data)
		}
		return p != nil
	})
	return p
}

// placeIn3GP reads loci (3GPP TS 26.244, 8.10): version, flags and language, a name, a role, and
// then the numbers with 16 bits behind the point.
func placeIn3GP(loci []byte) *Place {
	if len(loci) < 6 {
		return nil
	}
	rest := loci[6:]
	if bytes.HasPrefix(rest, []byte("\xfe\xff")) { // the name is UTF-16
		for len(rest) >= 2 && (rest[0] != 0 || rest[1] != 0) {
			rest = rest[2:]
		}
		rest = rest[min(1, len(rest)):]
	}
	_, rest, _ = bytes.Cut(rest, []byte{0})
	if len(rest) < 9 {
		return nil
	}
	return newPlace(fixedPoint(rest[5:]), fixedPoint(rest[1:]))
}

func fixedPoint(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / (1 << 16) }

// appleLocation is the key under which Apple's phones write the place.
const appleLocation = "com.apple.quicktime.location.ISO6709"

// placeInMeta looks in meta: in QuickTime's a table of keys says what the boxes of ilst are, which
// are numbered from 1; in iTunes' they have names.
func placeInMeta(meta []byte) (p *Place) {
	if len(meta) > 8 && string(meta[4:8]) != "hdlr" {
		meta = meta[4:] // ISO's has a version and flags, QuickTime's has not
	}
	var wanted string
	eachBox(meta, func(name string, data []byte) bool {
		switch name {
		case "keys":
			wanted = keyNumber(data)
		case "ilst":
			p = placeInItems(data, wanted)
		}
		return p != nil
	})
	return p
}

// keyNumber returns the number of the key of the place, as a box is named by it.
func keyNumber(keys []byte) (number string) {
	n := uint32(0)
	eachBox(keys[min(8, len(keys)):], func(_ string, key []byte) bool {
		n++
		if string(key) == appleLocation {
			number = string(binary.BigEndian.AppendUint32(nil, n))
		}
		return number != ""
	})
	return number
}

func placeInItems(ilst []byte, wanted string) (p *Place) {
	eachBox(ilst, func(item string, data []byte) bool {
		if item == wanted || item == "\xa9xyz" {
			eachBox(data, func(name string, value []byte) bool {
				if name == "data" && len(value) > 8 { // type and language come first
					p = parseISO6709(string(value[8:]))
				}
				return p != nil
			})
		}
		return p != nil
	})
	return p
}

// parseISO6709 reads degrees as "+27.5916+086.5640+8850/" has them (ISO 6709, annex H). What has
// minutes in it is not read: it has more than three digits before the point.
func parseISO6709(s string) *Place {
	latitude, rest := signedNumber(s)
	longitude, _ := signedNumber(rest)
	return newPlace(latitude, longitude)
}

// signedNumber cuts a number that begins with its sign. It is NaN when there is none.
func signedNumber(s string) (n float64, rest string) {
	end := 1
	for end < len(s) && (s[end] == '.' || '0' <= s[end] && s[end] <= '9') {
		end++
	}
	if s == "" || s[0] != '+' && s[0] != '-' {
		return math.NaN(), ""
	}
	n, err := strconv.ParseFloat(s[:end], 64)
	if err != nil {
		return math.NaN(), ""
	}
	return n, s[end:]
}
