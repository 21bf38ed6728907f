// Package checkdeploy checks the files with which agrovet is deployed by the libraries of those who read them:
// Compose's loader, Kustomize and Kubernetes' types, Prometheus' parsers. It is a module of its own, so that these
// do not become the server's dependencies. There are only tests: `make check-deploy`.
package checkdeploy
