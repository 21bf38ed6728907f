# agrovet: `make help` lists what there is. Everything that is needed is fetched or built here.

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
GO      ?= go
BIN     := bin/agrovet
SOURCES := $(shell find cmd internal sql -name '*.go' -not -name '*_test.go' -o -name '*.sql' -o -path '*/apidocs/*' -type f -o -path '*/demo/site/*') go.mod go.sum

# What is built in one way is compiled once: for the program, for its checks and for the tests that run it. The race
# detector is another way, and needs C.
export GOFLAGS += -trimpath
build generate verify lint check-deploy: export CGO_ENABLED = 0

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: run
run: $(BIN) ## build and run everything on :8000 (ARGS="--listen :9000" adds flags)
	@$(BIN) serve $(ARGS)

.PHONY: build
build: $(BIN) ## build bin/agrovet

$(BIN): $(SOURCES)
	CGO_ENABLED=0 $(GO) build -ldflags "-s -w -X main.version=$(VERSION)" -o $@ ./cmd/agrovet

.PHONY: test
test: bin/versitygw redis-server ## run all tests, on a real PostgreSQL, Redis and S3 server, with the race detector
	$(GO) test -race -timeout 15m ./...

.PHONY: bench
bench: ## measure, as ratios against bare programs in the same run (a few minutes)
	$(GO) run ./bench

.PHONY: bench-growth
bench-growth: ## measure how reads grow from 10,000 adverts, and then posts, to 1,000,000 (an hour, 10 GB)
	$(GO) run ./bench -only growth,foro-growth

.PHONY: import-test
import-test: ## import an original with 20,000 users and 1,000,000 messages, with 40,000 files, killed three times (20 minutes, 3 GB)
	IMPORT_FULL=1 $(GO) test -count=1 -timeout 30m -v -run TestImportOriginal ./cmd/agrovet

.PHONY: testdata-upgrade
testdata-upgrade: ## write rows of each newest schema version into testdata, from which later versions are upgraded
	UPGRADE_DATA=1 $(GO) test -count=1 -v -run TestWriteUpgradeData ./cmd/agrovet

.PHONY: generate
generate: bin/sqlc ## make the generated code anew
	bin/sqlc generate
	$(GO) run ./cmd/agrovet config --table | $(GO) run ./tools/insert README.md options

.PHONY: verify
verify: bin/sqlc ## fail when generated code is not in step with its sources
	bin/sqlc diff
	$(GO) run ./cmd/agrovet config --table | $(GO) run ./tools/insert -check README.md options

.PHONY: redis-server
redis-server: # the tests' own, fetched when there is none
	@tools/redis >/dev/null

bin/versitygw: tools/versitygw.mod
	CGO_ENABLED=0 $(GO) build -modfile=tools/versitygw.mod -o $@ github.com/versity/versitygw/cmd/versitygw

.PHONY: lint
lint: bin/golangci-lint ## vet and lint
	$(GO) vet ./...
	bin/golangci-lint run ./...

.PHONY: env
env: .env ## make .env for docker compose, with random secrets

.env:
	@umask 077 && while IFS= read -r line; do case "$$line" in \
	*=CHANGE_ME) echo "$${line%CHANGE_ME}$$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')";; \
	*) echo "$$line";; esac; done < .env.example > .env.part && mv .env.part .env && echo "made .env"

.PHONY: check-deploy
check-deploy: ## check the files under deploy/ and docker-compose.yml by the libraries of those who read them
	cd tools/checkdeploy && $(GO) test ./...

bin/traefik: tools/traefik.mod
	CGO_ENABLED=0 $(GO) build -modfile=tools/traefik.mod -ldflags "-s -w" -o $@ github.com/traefik/traefik/v3/cmd/traefik

.PHONY: fuzz-api
fuzz-api: $(BIN) ## drive the running API by its own OpenAPI document (schemathesis, needs Python)
	tools/fuzz-api

.PHONY: test-browser
test-browser: $(BIN) ## play /demo/chat/ in a real headless Chromium, which is fetched when there is none
	@chromium=$$(tools/browser) && shots=$${SCREENSHOTS:-$$(mktemp -d)} && echo "screenshots are in $$shots" && \
	AGROVET=$(CURDIR)/$(BIN) CHROMIUM=$$chromium SCREENSHOTS=$$shots $(GO) test -count=1 -v ./internal/chat/chatbrowser

.PHONY: shapes
shapes: bin/versitygw ## tell the stories to every shape (one process, with Redis and Kafka, six, two of each) and to restored backups
	$(GO) test -tags shapes -count=1 -timeout 30m -run 'TestShapes|TestBackup$$' -v ./cmd/agrovet

.PHONY: split
split: $(BIN) bin/traefik ## run six processes, Redis, Kafka and Traefik on this machine (KAFKA=real: Apache Kafka, by Java and Maven)
	@$(GO) run ./tools/split -kafka "$(KAFKA)" $(ARGS)

.PHONY: split-test
split-test: $(BIN) bin/traefik ## tell the stories of all modules to the split, through Traefik's hosts
	@$(GO) run ./tools/split -kafka "$(KAFKA)" -test $(ARGS)

.PHONY: side-test
side-test: $(BIN) bin/traefik ## move modules from a stand-in for the original to agrovet, and one back, while a community works
	@$(GO) run ./tools/side $(ARGS)

.PHONY: chaos
chaos: $(BIN) bin/traefik ## kill and stop everything in turn while a community works, and look for what is lost (KAFKA=real, ARGS=-short)
	@$(GO) run ./tools/chaos -kafka "$(KAFKA)" $(ARGS)

bin/sqlc: tools/sqlc.mod
	CGO_ENABLED=0 $(GO) build -modfile=tools/sqlc.mod -o $@ github.com/sqlc-dev/sqlc/cmd/sqlc

bin/golangci-lint: tools/lint.mod
	CGO_ENABLED=0 $(GO) build -modfile=tools/lint.mod -o $@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint

.PHONY: clean
clean: ## remove what was built
	rm -rf bin
