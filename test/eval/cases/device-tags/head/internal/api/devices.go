package api

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"
)

const (
	defaultPage = 50
	maxPage     = 200
)

func deviceID(w http.ResponseWriter, r *http.Request) (uuid.UUID, bool) {
	id, err := uuid.Parse(chi.URLParam(r, "deviceID"))
	if err != nil {
		respond(w, http.StatusNotFound, map[string]string{"error": "not found"})
		return uuid.Nil, false
	}
	return id, true
}

func (s *Server) listDevices(w http.ResponseWriter, r *http.Request) {
	limit := defaultPage
	if text := r.URL.Query().Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > maxPage {
			respond(w, http.StatusBadRequest, map[string]string{"error": "limit must be 1 to 200"})
			return
		}
		limit = n
	}
	after, _ := uuid.Parse(r.URL.Query().Get("after"))
	devices, err := s.Fleet.List(r.Context(), sessionOf(r).OrgID, after, int32(limit))
	if err != nil {
		fail(w, r, err)
		return
	}
	respond(w, http.StatusOK, map[string]any{"devices": devices})
}

func (s *Server) getDevice(w http.ResponseWriter, r *http.Request) {
	id, ok := deviceID(w, r)
	if !ok {
		return
	}
	device, err := s.Fleet.Get(r.Context(), sessionOf(r).OrgID, id)
	if err != nil {
		fail(w, r, err)
		return
	}
	respond(w, http.StatusOK, device)
}

func (s *Server) labelDevice(w http.ResponseWriter, r *http.Request) {
	id, ok := deviceID(w, r)
	if !ok {
		return
	}
	var body struct {
		Label string `json:"label"`
	}
	if !decode(w, r, &body) {
		return
	}
	if err := s.Fleet.SetLabel(r.Context(), sessionOf(r).OrgID, id, body.Label); err != nil {
		fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) findPlaces(w http.ResponseWriter, r *http.Request) {
	places, err := s.Geo.Search(r.Context(), r.URL.Query().Get("q"))
	if err != nil {
		fail(w, r, err)
		return
	}
	respond(w, http.StatusOK, map[string]any{"places": places})
}
