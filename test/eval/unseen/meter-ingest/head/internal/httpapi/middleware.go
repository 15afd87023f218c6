package httpapi

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"example.com/meter-ingest/internal/orgs"
	"example.com/meter-ingest/internal/sites"
)

const maxBody = 4 << 20

type (
	orgKey  struct{}
	siteKey struct{}
)

func limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}

func requireOrg(store *orgs.Store) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
			if !ok {
				writeError(w, http.StatusUnauthorized, "unauthorised")
				return
			}
			id, err := store.ByToken(r.Context(), token)
			switch {
			case errors.Is(err, orgs.ErrUnknown):
				writeError(w, http.StatusUnauthorized, "unauthorised")
			case err != nil:
				internal(w, err)
			default:
				next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), orgKey{}, id)))
			}
		})
	}
}

func loadSite(store *sites.Store) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			id, err := strconv.ParseInt(chi.URLParam(r, "site"), 10, 64)
			if err != nil {
				writeError(w, http.StatusNotFound, "not_found")
				return
			}
			site, err := store.Find(r.Context(), orgOf(r), id)
			switch {
			case errors.Is(err, sites.ErrNotFound):
				writeError(w, http.StatusNotFound, "not_found")
			case err != nil:
				internal(w, err)
			default:
				next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), siteKey{}, site)))
			}
		})
	}
}

func orgOf(r *http.Request) int64 {
	id, _ := r.Context().Value(orgKey{}).(int64)
	return id
}

func siteOf(r *http.Request) sites.Site {
	site, _ := r.Context().Value(siteKey{}).(sites.Site)
	return site
}

func internal(w http.ResponseWriter, err error) {
	slog.Error("request failed", "err", err)
	writeError(w, http.StatusInternalServerError, "internal")
}
