package httpapi

import (
	"context"
	"net/http"

	"github.com/google/uuid"
)

type buyerKey struct{}

// The gateway checks the session cookie and sets this header; it drops it from outside.
func requireBuyer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, err := uuid.Parse(r.Header.Get("X-Gateway-Buyer"))
		if err != nil {
			writeError(w, http.StatusUnauthorized, "unauthorised")
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), buyerKey{}, id)))
	})
}

func buyerOf(r *http.Request) uuid.UUID {
	id, _ := r.Context().Value(buyerKey{}).(uuid.UUID)
	return id
}
