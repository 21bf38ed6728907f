// Package pgserver runs the PostgreSQL that agrovet brings along: one server,
// started by [Start] as a child of this process, for installs that have no
// database configured.
//
// # Where the program comes from
//
// [Find] looks in an explicit directory, in PATH, in the places where
// distributions and Homebrew put PostgreSQL, and in a cache of its own. When
// nothing fits, [Fetch] fills that cache: through apt on Debian and Ubuntu
// (fetch_apt.go), through a maintained library of binaries elsewhere
// (fetch_library.go). Neither touches the system nor needs root.
//
// # What lies in Config.Dir
//
//	data/           the cluster; data/agrovet.password is the superuser's password (0600)
//	run/            the UNIX socket, while the server runs
//	server.log      what PostgreSQL says; rotated to server.log.1 at start above 10 MB
//	agrovet.lock    held with flock by the one process that may use the directory
//	init-*/         a cluster in the making; renamed to data/ when it is complete
//
// # The life of a server
//
// Start takes the lock, chooses binaries that fit the data (choose.go), makes
// the cluster when there is none (initdb.go), deals with whatever an earlier
// run left behind (settle.go), launches postgres and waits until it answers
// (ready.go). PostgreSQL refuses to run as root, so root lends its children
// the identity of an unprivileged account (account.go). On Linux the kernel
// stops the server when this process dies, however it dies; elsewhere the
// next Start finds the orphan and stops it.
//
// The server is in a process group of its own: Ctrl-C reaches agrovet alone,
// which drains first and calls [Server.Stop] last. [Server.Done] tells when
// the server is gone.
//
// # Errors
//
// Every refusal leaves the directory as it was and wraps one of the sentinels
// of errors.go; its text says what was found and what to do.
package pgserver
