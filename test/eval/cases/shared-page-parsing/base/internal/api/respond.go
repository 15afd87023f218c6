package api

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/jackc/pgx/v5"

	"example.com/fleetwatch/internal/fleet"
)

func respond(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, pgx.ErrNoRows), errors.Is(err, fleet.ErrNotFound):
		respond(w, http.StatusNotFound, map[string]string{"error": "not found"})
	case errors.Is(err, fleet.ErrTokenSpent):
		respond(w, http.StatusForbidden, map[string]string{"error": err.Error()})
	case errors.Is(err, fleet.ErrSiteFull), errors.Is(err, fleet.ErrPlaced):
		respond(w, http.StatusConflict, map[string]string{"error": err.Error()})
	default:
		slog.ErrorContext(r.Context(), "request failed", "path", r.URL.Path, "err", err)
		respond(w, http.StatusInternalServerError, map[string]string{"error": "internal"})
	}
}

func decode(w http.ResponseWriter, r *http.Request, into any) bool {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		respond(w, http.StatusBadRequest, map[string]string{"error": "the body is not what this endpoint takes"})
		return false
	}
	return true
}
