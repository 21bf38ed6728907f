//go:build !linux

package picture

// lowerPriority does nothing: elsewhere a priority belongs to the whole process.
func lowerPriority() {}
