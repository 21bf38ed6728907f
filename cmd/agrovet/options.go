package main

import (
	"time"
)

// option is one configuration key. The flag, the environment variable, the file's key and the row
// in the README are all made from it.
type option struct {
	key    string // "http.timeout": flag --http-timeout, variable AGROVET_HTTP_TIMEOUT
	def    any    // its type is the option's type
	doc    string
	secret bool
}

// options are all keys there are.
var options = []option{
	{key: "listen", def: ":8000", doc: "Address to serve on."},
	{key: "modules", def: []string{"all"}, doc: "Modules that run in this process: all, or a list of media, auth, profiles, marketplace, chat, foro."},
	{key: "data-dir", def: "", doc: "Where this installation keeps its files. Default: /var/lib/agrovet as root, else ~/.local/share/agrovet."},

	{key: "log.level", def: "info", doc: "debug, info, warn or error."},
	{key: "log.format", def: "text", doc: "text for people, json for machines."},
	{key: "tracing.endpoint", def: "", doc: "OTLP/HTTP URL for OpenTelemetry traces. Empty: no tracing."},

	{key: "http.timeout", def: 30 * time.Second, doc: "Deadline of a request."},
	{key: "http.drain", def: 20 * time.Second, doc: "How long requests under way may take to finish at shutdown."},
	{key: "http.cors-origins", def: []string{"http://localhost:5173"}, doc: "Origins whose web pages may call the API, with credentials."},
	{key: "http.trusted-proxies", def: []string{}, doc: "Networks (CIDR) whose X-Forwarded headers are believed."},

	{key: "database.url", def: "", doc: "PostgreSQL of the owner, who may create roles. Empty: agrovet runs its own PostgreSQL in the data directory.", secret: true},
	{key: "database.max-conns", def: 10, doc: "Connections per module at most."},
	{key: "database.migrate", def: true, doc: "Bring the schemas up to date at start."},
	{key: "postgres.bin-dir", def: "", doc: "Where initdb and postgres are, for agrovet's own PostgreSQL. Empty: look in the usual places."},
	{key: "postgres.fetch", def: true, doc: "Fetch PostgreSQL when this machine has none."},
	{key: "postgres.cache-dir", def: "", doc: "Where a fetched PostgreSQL is kept. Empty: in the user's cache directory."},

	{key: "cache.size", def: 100_000, doc: "Entries that the in-memory cache (sessions, rate limits) keeps at most."},
	{key: "events.retention", def: 7 * 24 * time.Hour, doc: "How long delivered events stay in the outbox."},

	{key: "redis.url", def: "", doc: "Redis for sessions, cache, rate limits, presence and chat of several processes: redis://host:6379/0, or rediss:// through TLS. Empty: this process's memory.", secret: true},
	{key: "kafka.brokers", def: []string{}, doc: "Addresses of Kafka, host:port. Empty: events stay in this process."},
	{key: "kafka.tls", def: false, doc: "Whether Kafka is spoken to through TLS. An authority of your own is trusted when its PEM file is in the directory that the variable SSL_CERT_DIR names, also by all else that is spoken to through TLS."},
	{key: "kafka.user", def: "", doc: "Name to sign in to Kafka with (SASL)."},
	{key: "kafka.password", def: "", doc: "Password to sign in to Kafka with.", secret: true},
	{key: "kafka.mechanism", def: "scram-sha-512", doc: "How to sign in to Kafka: plain, scram-sha-256 or scram-sha-512."},
	{key: "kafka.create-topics", def: true, doc: "Make missing topics at start; otherwise `agrovet topics` does."},
	{key: "kafka.partitions", def: 3, doc: "Partitions of topics that agrovet makes."},
	{key: "kafka.replication", def: 1, doc: "Copies that Kafka keeps of topics that agrovet makes."},
	{key: "service.secret", def: "", doc: "Secret of 16 characters or more that the processes of this installation share: how their modules know each other.", secret: true},
	{key: "service.timeout", def: 5 * time.Second, doc: "How long a module in another process may take to answer."},

	{key: "backup.dir", def: "", doc: "Directory where `serve` makes backups by itself, best on another disk; all modules must run in this process. Empty: it makes none."},
	{key: "backup.every", def: 24 * time.Hour, doc: "How often it makes one."},
	{key: "backup.keep", def: 7, doc: "How many it keeps; older ones go once a newer one is whole."},
	{key: "backup.media", def: "include", doc: "Files of media in backups: include, or reference (they stay where they are, and only rows are copied)."},

	{key: "auth.dsn", def: "", doc: "Database of auth alone. Empty: its schema in database.url.", secret: true},
	{key: "auth.url", def: "", doc: "Where auth answers when it runs in another process."},
	{key: "auth.token-idle", def: 90 * 24 * time.Hour, doc: "A session that is not used for so long ends."},
	{key: "auth.country", def: "BO", doc: "Country (ISO 3166) of phone numbers written without a country code."},
	{key: "auth.hash-workers", def: 0, doc: "Passwords hashed at the same time. 0: half the cores."},
	{key: "auth.login-per-phone", def: 10, doc: "Sign-in tries per phone number in 5 minutes. 0: no limit."},
	{key: "auth.login-per-address", def: 300, doc: "Sign-in tries per address in 5 minutes; a village may share one. 0: no limit."},
	{key: "auth.register-per-address", def: 60, doc: "Registrations per address in an hour. 0: no limit."},
	{key: "auth.codes-per-phone", def: 5, doc: "SMS codes per phone number in an hour."},
	{key: "auth.codes-per-address", def: 50, doc: "SMS codes per address in an hour."},
	{key: "auth.codes-total", def: 1000, doc: "SMS codes of the whole installation in an hour: what an attack may cost at most."},
	{key: "auth.original.url", def: "", doc: "Where the auth service of the original answers, while it runs beside agrovet: http://auth-service:8002, never an address that leads back here. People who still live there are taken over when they come. Empty: there is none."},
	{key: "auth.original.token", def: "", doc: "Token of any user of the original, to ask who has a number when somebody registers or wants a code. Empty: it is not asked, and somebody may register here with a number that lives there.", secret: true},
	{key: "auth.original.timeout", def: 5 * time.Second, doc: "How long the original's auth may take to answer."},
	{key: "auth.original.ids-from", def: 1_000_000_000, doc: "Ids of users who register here begin at this number while the original gives out lower ones; its other services have 32 bits for them."},

	{key: "media.dsn", def: "", doc: "Database of media alone. Empty: its schema in database.url.", secret: true},
	{key: "media.url", def: "", doc: "Where media answers when it runs in another process."},
	{key: "media.store", def: "disk", doc: "Where files are kept: disk, or s3 (any S3-compatible service)."},
	{key: "media.dir", def: "", doc: "Directory of files on disk. Empty: media in the data directory."},
	{key: "media.public-url", def: "", doc: "Address under which public files are read, ending in a slash: a CDN or the bucket itself. Empty: this server."},
	{key: "media.anonymous", def: true, doc: "Whether those who are not signed in may upload pictures, as the original's advert form does."},
	{key: "media.max-image", def: 20, doc: "Size of an image in MiB at most."},
	{key: "media.max-video", def: 100, doc: "Size of a video in MiB at most."},
	{key: "media.max-audio", def: 25, doc: "Size of an audio recording in MiB at most."},
	{key: "media.max-document", def: 15, doc: "Size of a document (PDF) in MiB at most."},
	{key: "media.max-pixels", def: 64, doc: "Megapixels of an image at most, up to 64; decoding takes about 4 bytes for each."},
	{key: "media.max-video-time", def: 10 * time.Minute, doc: "Length of a video at most."},
	{key: "media.max-audio-time", def: time.Hour, doc: "Length of an audio recording at most."},
	{key: "media.keep-unshown", def: 7 * 24 * time.Hour, doc: "How long a file is kept that nothing shows."},
	{key: "media.keep-unclaimed", def: 24 * time.Hour, doc: "How long a file is kept that was uploaded without signing in and that nobody has used."},
	{key: "media.keep-upload", def: 7 * 24 * time.Hour, doc: "How long a resumable upload waits for its next piece."},
	{key: "media.link-life", def: 5 * time.Minute, doc: "How long a link to a private file works."},
	{key: "media.s3.endpoint", def: "", doc: "Address of the S3-compatible service, with https://."},
	{key: "media.s3.region", def: "us-east-1", doc: "Its region."},
	{key: "media.s3.bucket", def: "", doc: "The bucket, which must exist."},
	{key: "media.s3.prefix", def: "", doc: "What all keys in the bucket begin with."},
	{key: "media.s3.access-key", def: "", doc: "Access key.", secret: true},
	{key: "media.s3.secret-key", def: "", doc: "Secret key.", secret: true},
	{key: "media.s3.path-style", def: true, doc: "Whether the bucket stands in the path instead of the host name."},

	{key: "sms.sender", def: "log", doc: "log (development: the code stands in the log), webhook or twilio."},
	{key: "sms.webhook.url", def: "", doc: "Where the webhook sender posts {to, text, id}."},
	{key: "sms.webhook.secret", def: "", doc: "Key of the webhook's signature.", secret: true},
	{key: "sms.twilio.account-sid", def: "", doc: "Twilio account."},
	{key: "sms.twilio.auth-token", def: "", doc: "Twilio token.", secret: true},
	{key: "sms.twilio.from", def: "", doc: "Twilio number or messaging service that sends."},
	{key: "sms.twilio.whatsapp-from", def: "", doc: "Twilio WhatsApp sender; when set, codes go by WhatsApp."},

	{key: "profiles.dsn", def: "", doc: "Database of profiles alone. Empty: its schema in database.url.", secret: true},
	{key: "profiles.url", def: "", doc: "Where profiles answers when it runs in another process."},

	{key: "marketplace.dsn", def: "", doc: "Database of the marketplace alone. Empty: its schema in database.url.", secret: true},
	{key: "marketplace.url", def: "", doc: "Where the marketplace answers when it runs in another process."},
	{key: "marketplace.publishers", def: []string{"specialist", "businessman"}, doc: "Roles that may publish adverts: a list of specialist, businessman, consumer; or all, also those without a role."},
	{key: "marketplace.country", def: "BO", doc: "ISO 3166: whose arroba, words and currency hold when an advert does not say."},
	{key: "marketplace.currency", def: "", doc: "ISO 4217: currency of prices that name none. Empty: the country's."},
	{key: "marketplace.lifetime", def: 60 * 24 * time.Hour, doc: "How long an advert is active until it expires."},
	{key: "marketplace.warning", def: 3 * 24 * time.Hour, doc: "How long before that its publisher is told."},
	{key: "marketplace.newcomer-period", def: 7 * 24 * time.Hour, doc: "How long a publisher is a newcomer after their first advert."},
	{key: "marketplace.newcomer-adds", def: 10, doc: "Adverts of a newcomer in 24 hours. 0: no limit."},
	{key: "marketplace.units-file", def: "", doc: "File with sizes of units by country that replace those of agrovet, one a line: arroba BO 11.5."},
	{key: "marketplace.synonyms-file", def: "", doc: "File with words that find each other, beside those of agrovet, one class a line: res, vaca, ganado."},

	{key: "chat.dsn", def: "", doc: "Database of chat alone. Empty: its schema in database.url.", secret: true},
	{key: "chat.url", def: "", doc: "Where chat answers when it runs in another process."},
	{key: "chat.messages", def: 60, doc: "Messages of one person in 30 seconds. 0: no limit."},
	{key: "chat.connections", def: 20_000, doc: "Sockets and event streams of this process at most."},
	{key: "chat.connections-per-person", def: 20, doc: "Of one person; beyond it, the oldest is closed."},
	{key: "chat.frames", def: 300, doc: "Frames that a socket may send in 10 seconds. 0: no limit."},

	{key: "foro.dsn", def: "", doc: "Database of foro alone. Empty: its schema in database.url.", secret: true},
	{key: "foro.url", def: "", doc: "Where foro answers when it runs in another process."},
	{key: "foro.deleted-users", def: "anonymise", doc: "What becomes of posts and comments of a deleted account: anonymise (they stay without a name) or remove."},
	{key: "foro.unanswered-after", def: 6 * time.Hour, doc: "How long a question waits for an answer until specialists are told of it."},
	{key: "foro.hide-after-reports", def: 5, doc: "How many people must report a post or comment for it to be hidden until somebody decides. 0: never."},
	{key: "foro.newcomer-period", def: 7 * 24 * time.Hour, doc: "How long somebody is a newcomer to the forum. 0: nobody is."},
	{key: "foro.newcomer-posts", def: 5, doc: "Posts of a newcomer in 24 hours. 0: no limit."},
	{key: "foro.newcomer-comments", def: 30, doc: "Comments of a newcomer in 24 hours. 0: no limit."},
	{key: "foro.internal-secret", def: "", doc: "Secret of 16 characters or more with which other programs of this installation put users into communities. Empty: they cannot.", secret: true},
	{key: "foro.keep-notifications", def: 180 * 24 * time.Hour, doc: "How long notifications of the forum are kept after what happened last in them."},
}
