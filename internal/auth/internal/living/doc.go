// Package living is about people who still live in the original: what its auth service says of them ([Service]), and
// who they become in agrovet (rules.go, which the import shares).
//
// # Taking over
//
// While both run side by side (auth.original.url), agrovet's auth asks the original's
//
//   - whose a token is that it does not know: GET /api/auth/users/me/ (contract: rest.md §1, "Seed on tokens");
//   - whether a password is right, of a number that it does not know and of a user who lives there: POST /api/auth/login/;
//   - who has a number, before somebody registers with it or wants a code for it: GET /api/auth/users/?search=,
//     which needs a token of any user there (auth.original.token). Without one nobody is found;
//
// and hears of new people by the original's user.created, when Kafka is configured. Whoever is met for the first time
// becomes a user with the id that they have there, which is published once (user.created). Their password is [Password],
// "lives in the original": it lets nobody in, and a login asks there. The first login that is right there brings the
// hash here, and from then on nothing is asked. An import brings the hashes of all others. The original does not tell who
// is staff, so nobody becomes staff by this.
//
// # Who owns whom
//
// From the moment of the take-over agrovet owns the user. What changes in the original afterwards (name, role, number,
// password, deactivation, deletion) is not brought here: anybody who is signed in there may change or delete anybody
// (contract: rest.md §11), and that fault is not to reach agrovet. So change and delete people in agrovet once they
// have been taken over, and route /api/auth/ there first or early. Who was deleted here never comes back (table
// taken_over). The original's one token of a user is a session here; once it has ended here, by signing out, a new
// password or deactivation, it is refused although the original still takes it.
//
// # Who is who
//
// A number belongs to one user. Whoever has in the original a number that is another user's here is not taken over,
// and signs in here as that other user, as after an import. Ids are kept apart: the original counts from 1, users who
// register here begin at auth.original.ids-from, far above, and still within the 32 bits that the original's other
// services have for user ids. An import never moves the sequence back. Whose id here is another person's, because
// they registered here before both ran side by side, is not taken over either; the log tells.
//
// # Being careful
//
// Each question has a deadline and at most 16 are asked at once; after five failures in a row nobody asks for five
// seconds. A token that nobody has is not asked for again for a minute, and the installation asks for 50 tokens and
// 50 numbers a second at most. Logins count against their limits and wait for the hashing queue before the original is asked. The
// original being away is 503, with Retry-After, for who needs it; never "invalid". Others notice nothing.
package living
