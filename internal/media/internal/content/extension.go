package content

// ByExtension is the type of the accepted files whose names end like this, e.g. ".jpg"; of two with the
// same ending, the video. For other endings it is bytes without meaning, of no Kind.
func ByExtension(ext string) Type {
	for _, f := range formats {
		for _, t := range f.types {
			if t.Ext == ext {
				return t
			}
		}
	}
	return Type{MIME: "application/octet-stream"}
}
