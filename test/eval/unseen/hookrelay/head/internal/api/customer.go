package api

import (
	"context"
	"net/http"

	"github.com/google/uuid"
)

type customerKey struct{}

// The gateway in front of us checks the session and sets this header; it drops it from outside.
const customerHeader = "X-Gateway-Customer"

func requireCustomer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, err := uuid.Parse(r.Header.Get(customerHeader))
		if err != nil {
			writeError(w, http.StatusUnauthorized, "unauthorised")
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), customerKey{}, id)))
	})
}

func customerOf(r *http.Request) uuid.UUID {
	id, _ := r.Context().Value(customerKey{}).(uuid.UUID)
	return id
}
