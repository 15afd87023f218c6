package api

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"
)

func siteID(w http.ResponseWriter, r *http.Request) (uuid.UUID, bool) {
	id, err := uuid.Parse(chi.URLParam(r, "siteID"))
	if err != nil {
		respond(w, http.StatusNotFound, map[string]string{"error": "not found"})
		return uuid.Nil, false
	}
	return id, true
}

func (s *Server) placeDevice(w http.ResponseWriter, r *http.Request) {
	site, ok := siteID(w, r)
	if !ok {
		return
	}
	device, ok := deviceID(w, r)
	if !ok {
		return
	}
	session := sessionOf(r)
	if err := s.Fleet.Place(r.Context(), session.OrgID, site, device, session.User); err != nil {
		fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) listSites(w http.ResponseWriter, r *http.Request) {
	page, ok := pageOf(w, r)
	if !ok {
		return
	}
	sites, err := s.Fleet.Sites(r.Context(), sessionOf(r).OrgID, page.After, page.Limit)
	if err != nil {
		fail(w, r, err)
		return
	}
	respond(w, http.StatusOK, map[string]any{"sites": sites})
}
