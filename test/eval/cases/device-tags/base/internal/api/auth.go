package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/google/uuid"
)

// Session is who asks. The gateway in front of us checks the login and signs the session.
type Session struct {
	User  string
	OrgID uuid.UUID
	Admin bool
}

type sessionKey struct{}

type SessionReader interface {
	Read(token string) (Session, error)
}

func authenticate(sessions SessionReader) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
			if !ok {
				respond(w, http.StatusUnauthorized, map[string]string{"error": "no session"})
				return
			}
			session, err := sessions.Read(token)
			if err != nil {
				respond(w, http.StatusUnauthorized, map[string]string{"error": "no session"})
				return
			}
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), sessionKey{}, session)))
		})
	}
}

func adminOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !sessionOf(r).Admin {
			respond(w, http.StatusForbidden, map[string]string{"error": "admins only"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

func sessionOf(r *http.Request) Session {
	return r.Context().Value(sessionKey{}).(Session)
}
