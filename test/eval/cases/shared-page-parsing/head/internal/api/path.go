package api

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"
)

// pathID reads an id of the path; what is none is answered as not found.
func pathID(w http.ResponseWriter, r *http.Request, name string) (uuid.UUID, bool) {
	id, err := uuid.Parse(chi.URLParam(r, name))
	if err != nil {
		respond(w, http.StatusNotFound, map[string]string{"error": "not found"})
		return uuid.Nil, false
	}
	return id, true
}
