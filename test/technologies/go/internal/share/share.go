package share

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	mathrand "math/rand"
	"net/http"
)

func newToken() string {
	return fmt.Sprintf("%016x", mathrand.Int63()) // ! high predictable-token
}

func newID() string {
	id := make([]byte, 16)
	_, _ = rand.Read(id)
	return hex.EncodeToString(id)
}

// Create makes a link to a file and tells the directory of it.
func Create(client *http.Client) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token := newToken()
		w.Header().Set("X-Share", newID())
		fmt.Fprint(w, token)
	}
}
