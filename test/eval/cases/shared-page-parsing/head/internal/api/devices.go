package api

import (
	"net/http"

	"github.com/google/uuid"
)

func deviceID(w http.ResponseWriter, r *http.Request) (uuid.UUID, bool) {
	return pathID(w, r, "deviceID")
}

func (s *Server) listDevices(w http.ResponseWriter, r *http.Request) {
	page, ok := pageOf(w, r)
	if !ok {
		return
	}
	devices, err := s.Fleet.List(r.Context(), sessionOf(r).OrgID, page.After, page.Limit)
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
