package core

import (
	"crypto/rand"
	"encoding/hex"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"agrovet/internal/media"
)

// publicFolders are the folders whose files everybody who knows the address may read.
var publicFolders = []string{media.FolderMedia, media.FolderProfiles, media.FolderProducts, media.FolderChat, media.FolderCommunities}

// Folders of the store that are not for callers to name.
const (
	privateFolder = "private" // files of private objects
	partsFolder   = "parts"   // pieces of uploads
)

// checkFolder reads the folder that a caller names. Errors: media.ErrFolder, about the field.
func checkFolder(name string) (folder string, private bool, err error) {
	switch {
	case name == "":
		return media.FolderMedia, false, nil
	case name == media.FolderVerification:
		return privateFolder, true, nil
	case slices.Contains(publicFolders, name):
		return name, false, nil
	}
	return "", false, media.ErrFolder.At("folder")
}

// PublicKey is the key of a public file with this name in the folder; ok is false for folders that are
// not public.
func PublicKey(folder, name string) (key string, ok bool) {
	return folder + "/" + name, slices.Contains(publicFolders, folder)
}

// newKey is a key that nobody can guess: <folder>/<unix seconds>_<32 hex digits>_<name><ending>. The
// name is the sender's, so that whoever downloads the file recognises it.
func newKey(folder, name, ext string, now time.Time) string {
	return folder + "/" + strconv.FormatInt(now.Unix(), 10) + "_" + randomHex() + "_" + plainName(name) + ext
}

func randomHex() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// maxName is how much of a sender's name a key carries, in bytes.
const maxName = 60

// plainName is a name without its ending in the characters of keys.
func plainName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-':
			return r
		}
		return '_'
	}, name)
	if plain = plain[:min(len(plain), maxName)]; strings.Trim(plain, "_") == "" {
		return "file"
	}
	return plain
}

// renditionKey is the key of a smaller copy of the file with the key; see also query KeysUnknown.
func renditionKey(key, name string) string { return key + "." + name + ".webp" }
