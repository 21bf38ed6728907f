package password

import (
	"context"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && roles[os.Args[1]] != nil {
		roles[os.Args[1]]() // this is a helper process; see helper_test.go
		return
	}
	goleak.VerifyTestMain(m)
}

// cheap is a cost at which tests are quick.
var cheap = Params{Memory: 64, Iterations: 1}

// bothWays runs a test with hashing in this process and in helper processes.
func bothWays(t *testing.T, test func(t *testing.T, command func() *exec.Cmd)) {
	t.Run("InThisProcess", func(t *testing.T) { test(t, nil) })
	t.Run("InAHelper", func(t *testing.T) { test(t, role("hash")) })
}

// setup starts a Hasher that ends with the test.
func setup(t testing.TB, cfg Config) *Hasher {
	t.Helper()
	h, err := New(cfg)
	require.NoError(t, err)
	t.Cleanup(h.Close)
	return h
}

func TestDefaultsAreOWASPs(t *testing.T) { bothWays(t, testDefaultsAreOWASPs) }

func testDefaultsAreOWASPs(t *testing.T, command func() *exec.Cmd) {
	h := setup(t, Config{Command: command})
	encoded, err := h.Hash(t.Context(), "testpass123")
	require.NoError(t, err)
	require.Regexp(t, `^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`, encoded)

	ok, needsRehash, err := h.Verify(t.Context(), "testpass123", encoded)
	require.NoError(t, err)
	require.True(t, ok)
	require.False(t, needsRehash)
}

func TestHashesOfOnePasswordDiffer(t *testing.T) { bothWays(t, testHashesOfOnePasswordDiffer) }

func testHashesOfOnePasswordDiffer(t *testing.T, command func() *exec.Cmd) {
	h := setup(t, Config{Command: command, Params: cheap})
	one, err := h.Hash(t.Context(), "testpass123")
	require.NoError(t, err)
	other, err := h.Hash(t.Context(), "testpass123")
	require.NoError(t, err)
	require.NotEqual(t, one, other)
}

func TestVerify(t *testing.T) { bothWays(t, testVerify) }

func testVerify(t *testing.T, command func() *exec.Cmd) {
	h := setup(t, Config{Command: command, Params: cheap})
	own, err := h.Hash(t.Context(), "testpass123")
	require.NoError(t, err)
	weaker, err := setup(t, Config{Params: Params{Memory: 32, Iterations: 1}}).Hash(t.Context(), "testpass123")
	require.NoError(t, err)
	django := "pbkdf2_sha256$1000$salt$" + djangoKey(t, 1000, "salt")

	for _, row := range []struct {
		name, password, encoded string
		ok, needsRehash         bool
	}{
		{"RightPassword", "testpass123", own, true, false},
		{"WrongPassword", "testpass124", own, false, false},
		{"OtherCost", "testpass123", weaker, true, true},
		{"WrongPasswordAtOtherCost", "testpass124", weaker, false, false},
		{"Django", "lètmein", djangoVector, true, true},
		{"DjangoOfFewIterations", "testpass123", django, true, true},
		{"WrongPasswordOfDjango", "testpass124", django, false, false},
		{"DjangoWithSaltThatIsNotText", "testpass123", "pbkdf2_sha256$1000$\xff\xfe$" + djangoKey(t, 1000, "\xff\xfe"), true, true},
		{"DjangoWithAnotherKey", "testpass123", "pbkdf2_sha256$1000$salt$" + djangoKey(t, 1001, "salt"), false, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			ok, needsRehash, err := h.Verify(t.Context(), row.password, row.encoded)
			require.NoError(t, err)
			require.Equal(t, row.ok, ok)
			require.Equal(t, row.needsRehash, needsRehash)
		})
	}
}

// djangoVector is from Django's own tests: tests/auth_tests/test_hashers.py, test_pbkdf2.
const djangoVector = "pbkdf2_sha256$1500000$seasalt$P4UiMPVduVWIL/oS1GzH+IofsccjJNM5hUTikBvi5to="

func TestPasswordsAreComparedByteByByte(t *testing.T) {
	bothWays(t, testPasswordsAreComparedByteByByte)
}

func testPasswordsAreComparedByteByByte(t *testing.T, command func() *exec.Cmd) {
	h := setup(t, Config{Command: command, Params: cheap})
	const notText = "\xff\x00\xfe testpass123\n"
	encoded, err := h.Hash(t.Context(), notText)
	require.NoError(t, err)
	for password, want := range map[string]bool{notText: true, "\xfe\x00\xfe testpass123\n": false, "\ufffd\x00\ufffd testpass123\n": false} {
		ok, _, err := setup(t, Config{Params: cheap}).Verify(t.Context(), password, encoded)
		require.NoError(t, err)
		require.Equal(t, want, ok)
	}
}

func TestWhatNeverVerifies(t *testing.T) { bothWays(t, testWhatNeverVerifies) }

func testWhatNeverVerifies(t *testing.T, command func() *exec.Cmd) {
	h := setup(t, Config{Command: command, Params: cheap})
	key := base64.RawStdEncoding.EncodeToString(make([]byte, 32))
	for _, encoded := range []string{
		"", "testpass123", "!", "!testpass123", "$", "$$$$$", "pbkdf2_sha256$", "pbkdf2_sha256$$$", "pbkdf2_sha256$1$$",
		"pbkdf2_sha256$0$salt$" + djangoKey(t, 1, "salt"),
		"pbkdf2_sha256$-1$salt$" + djangoKey(t, 1, "salt"),
		"pbkdf2_sha256$1$$" + djangoKey(t, 1, ""),
		"pbkdf2_sha256$2000001$salt$" + djangoKey(t, 1, "salt"),
		"pbkdf2_sha256$999999999999999999999$salt$" + djangoKey(t, 1, "salt"),
		"pbkdf2_sha256$1$salt$", "pbkdf2_sha256$1$salt$!!!", "pbkdf2_sha1$1$salt$" + djangoKey(t, 1, "salt"),
		"pbkdf2_sha256$1$" + strings.Repeat("s", 600) + "$" + djangoKey(t, 1, strings.Repeat("s", 600)),
		"$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$",                 // an empty key matches everything
		"$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$" + key,           // argon2 panics
		"$argon2id$v=19$m=64,t=1,p=0$c29tZXNhbHQ$" + key,           // argon2 panics
		"$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$" + key,   // 4 TiB
		"$argon2id$v=19$m=64,t=4294967295,p=1$c29tZXNhbHQ$" + key,  // days
		"$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$" + key,            // another variant
		"$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$" + key,           // another version
		"$argon2id$v=19$m=64,t=1,p=1$c2FsdA$" + key,                // four bytes of salt
		"argon2$argon2id$v=19$m=102400,t=2,p=8$c29tZXNhbHQ$" + key, // Django's argon2
		"bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuv", "md5$a$a", "\x00", "$2y$10$abcdefghijklmnopqrstuv",
	} {
		for _, password := range []string{"testpass123", "", encoded} {
			ok, needsRehash, err := h.Verify(t.Context(), password, encoded)
			require.NoError(t, err, encoded)
			require.False(t, ok, encoded)
			require.False(t, needsRehash, encoded)
		}
	}
}

// djangoKey is the key of the password testpass123.
func djangoKey(t testing.TB, iterations int, salt string) string {
	t.Helper()
	key, err := pbkdf2.Key(sha256.New, "testpass123", []byte(salt), iterations, sha256.Size)
	require.NoError(t, err)
	return base64.StdEncoding.EncodeToString(key)
}

// What never verifies is computed as a wrong password is: the same function with the same parameters.
func TestNothingCostsWhatAWrongPasswordDoes(t *testing.T) {
	h := setup(t, Config{})
	encoded, err := h.Hash(t.Context(), "testpass123")
	require.NoError(t, err)
	for _, never := range []string{h.nothing, "", "!", "!abc", "testpass123", "md5$x$y", "$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAA"} {
		computed, _ := h.verifiable(never)
		require.Equal(t, h.nothing, computed, never)
	}
	wrong, ok := parseArgon(encoded)
	require.True(t, ok)
	nothing, ok := parseArgon(h.nothing)
	require.True(t, ok)
	require.Equal(t, wrong, nothing)
	require.Len(t, h.nothing, len(encoded))
	ok, _, err = h.Verify(t.Context(), "testpass123", h.nothing)
	require.NoError(t, err)
	require.False(t, ok)
}

func TestNewNamesWhatIsOutOfBounds(t *testing.T) {
	for want, cfg := range map[string]Config{
		"Workers": {Workers: -1},
		"Queue":   {Queue: -1},
		"Params":  {Params: Params{Memory: 1 << 20}},
	} {
		_, err := New(cfg)
		require.ErrorContains(t, err, want)
	}
}

func TestMemoryFallsBackWhenIdle(t *testing.T) { bothWays(t, testMemoryFallsBackWhenIdle) }

func testMemoryFallsBackWhenIdle(t *testing.T, command func() *exec.Cmd) {
	h := setup(t, Config{Command: command, Workers: 2})
	before := heapAfterGC()
	var callers sync.WaitGroup
	for range 6 {
		callers.Go(func() { _, _ = h.Hash(context.Background(), "testpass123") })
	}
	callers.Wait()
	require.Less(t, heapAfterGC(), before+4<<20)
}

func heapAfterGC() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func FuzzVerify(f *testing.F) {
	f.Add("testpass123", djangoVector)
	f.Add("", "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA")
	f.Add("a", "!")
	h := setup(f, Config{Params: cheap})
	f.Fuzz(func(t *testing.T, password, encoded string) {
		if p, ok := parseArgon(encoded); ok && p.Memory*p.Iterations > 4096 {
			t.Skip("slow")
		}
		if d, ok := parseDjango(encoded); ok && d.iterations > 4096 {
			t.Skip("slow")
		}
		ok, needsRehash, err := h.Verify(t.Context(), password, encoded)
		require.NoError(t, err)
		require.False(t, needsRehash && !ok)
		require.False(t, ok && !strings.Contains(encoded, "$"), fmt.Sprintf("%q verified", encoded))
	})
}
