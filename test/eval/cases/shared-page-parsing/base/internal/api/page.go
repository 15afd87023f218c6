package api

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"
)

const defaultPage = 50

// page is what a list is asked for: how many, and after which id.
type page struct {
	Limit int32
	After uuid.UUID
}

func pageOf(w http.ResponseWriter, r *http.Request) (page, bool) {
	query := r.URL.Query()
	limit := int64(defaultPage)
	if text := query.Get("limit"); text != "" {
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil || n < 1 {
			respond(w, http.StatusBadRequest, map[string]string{"error": "limit must be a positive number"})
			return page{}, false
		}
		limit = n
	}
	after := uuid.Nil
	if text := query.Get("after"); text != "" {
		id, err := uuid.Parse(text)
		if err != nil {
			respond(w, http.StatusBadRequest, map[string]string{"error": "after must be an id"})
			return page{}, false
		}
		after = id
	}
	return page{Limit: int32(limit), After: after}, true
}
