package api

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"example.com/hookrelay/internal/endpoints"
)

func createEndpoint(store *endpoints.Store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			URL string `json:"url"`
		}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			writeError(w, http.StatusBadRequest, "invalid_json")
			return
		}
		ep, err := store.Create(r.Context(), customerOf(r), in.URL)
		if err != nil {
			fail(w, err)
			return
		}
		writeJSON(w, http.StatusCreated, map[string]string{
			"id":     ep.ID.String(),
			"secret": hex.EncodeToString(ep.Secret),
		})
	}
}

func disableEndpoint(store *endpoints.Store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := uuid.Parse(chi.URLParam(r, "id"))
		if err != nil {
			writeError(w, http.StatusNotFound, "not_found")
			return
		}
		if err := store.Disable(r.Context(), customerOf(r), id); err != nil {
			fail(w, err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

func fail(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, endpoints.ErrBadURL):
		writeError(w, http.StatusUnprocessableEntity, err.Error())
	case errors.Is(err, endpoints.ErrNotFound):
		writeError(w, http.StatusNotFound, "not_found")
	default:
		slog.Error("request failed", "err", err)
		writeError(w, http.StatusInternalServerError, "internal")
	}
}

func writeError(w http.ResponseWriter, status int, message string) {
	writeJSON(w, status, map[string]string{"error": message})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
