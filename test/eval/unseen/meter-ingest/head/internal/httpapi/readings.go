package httpapi

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"example.com/meter-ingest/internal/readings"
)

const saveTimeout = 15 * time.Second

func postReadings(store *readings.Store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			writeError(w, http.StatusRequestEntityTooLarge, "too_large")
			return
		case err != nil:
			writeError(w, http.StatusBadRequest, "incomplete")
			return
		}

		all, err := readings.Parse(body, time.Now())
		var line *readings.LineError
		switch {
		case errors.As(err, &line):
			writeJSON(w, http.StatusUnprocessableEntity, map[string]any{"error": "bad_line", "line": line.Line})
			return
		case err != nil:
			internal(w, err)
			return
		}

		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), saveTimeout)
		defer cancel()
		if err := store.Save(ctx, siteOf(r).ID, all); err != nil {
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
