module agrovet/tools/checkdeploy

go 1.26.7

require (
	github.com/blang/semver/v4 v4.0.0 // indirect
	github.com/compose-spec/compose-go/v2 v2.16.2 // indirect
	github.com/prometheus/prometheus v0.316.0 // indirect
	k8s.io/api v0.37.1 // indirect
	sigs.k8s.io/kustomize/api v0.20.1 // indirect
)
