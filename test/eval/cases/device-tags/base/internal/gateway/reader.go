// Package gateway reads the sessions that the gateway signs.
package gateway

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"example.com/fleetwatch/internal/api"
)

var errSession = errors.New("the session is not valid")

type Reader struct{ key []byte }

func NewReader(key []byte) *Reader { return &Reader{key: key} }

type claims struct {
	User    string    `json:"user"`
	Org     uuid.UUID `json:"org"`
	Admin   bool      `json:"admin"`
	Expires int64     `json:"exp"`
}

func (r *Reader) Read(token string) (api.Session, error) {
	body, signature, ok := strings.Cut(token, ".")
	if !ok {
		return api.Session{}, errSession
	}
	given, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil {
		return api.Session{}, errSession
	}
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte(body))
	if !hmac.Equal(given, mac.Sum(nil)) {
		return api.Session{}, errSession
	}
	raw, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return api.Session{}, errSession
	}
	var c claims
	if err := json.Unmarshal(raw, &c); err != nil || time.Now().Unix() > c.Expires {
		return api.Session{}, errSession
	}
	return api.Session{User: c.User, OrgID: c.Org, Admin: c.Admin}, nil
}
