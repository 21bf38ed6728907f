# The image of agrovet: the static binary, the certificates of the authorities that it trusts, and nothing else.
# The table of time zones is in the binary; the built-in PostgreSQL is not for containers: set a database.
#   docker build --build-arg VERSION=$(git describe --tags --always) -t agrovet .
FROM golang:1.26.8-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY cmd cmd
COPY internal internal
COPY sql sql
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /agrovet ./cmd/agrovet
# What a volume mounted here is made like at its first use.
RUN mkdir /data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build --chown=65532:65532 /data /var/lib/agrovet
COPY --from=build /agrovet /agrovet
USER 65532:65532
ENV AGROVET_DATA_DIR=/var/lib/agrovet \
    AGROVET_LOG_FORMAT=json
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["/agrovet", "health"]
ENTRYPOINT ["/agrovet"]
CMD ["serve"]
