//go:build !linux

package password

// lowerPriority does nothing: elsewhere a priority belongs to the whole process.
func lowerPriority() {}
