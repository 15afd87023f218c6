package httpapi

import (
	"errors"
	"io"
	"net/http"
	"time"

	"example.com/meter-ingest/internal/readings"
)

func postReadings(store *readings.Store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		site := siteOf(r)
		if site.OrgID != orgOf(r) {
			writeError(w, http.StatusNotFound, "not_found")
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			writeError(w, http.StatusRequestEntityTooLarge, "too_large")
			return
		}
		all, err := readings.Parse(body, time.Now())
		var line *readings.LineError
		if errors.As(err, &line) {
			writeJSON(w, http.StatusUnprocessableEntity, map[string]any{"error": "bad_line", "line": line.Line})
			return
		}
		if err := store.Save(r.Context(), site.ID, all); err != nil {
			internal(w, err)
			return
		}
		writeJSON(w, http.StatusOK, map[string]int{"saved": len(all)})
	}
}

func getDays(store *readings.Store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		days, err := store.Days(r.Context(), siteOf(r).ID)
		if err != nil {
			internal(w, err)
			return
		}
		writeJSON(w, http.StatusOK, map[string]any{"days": days})
	}
}
