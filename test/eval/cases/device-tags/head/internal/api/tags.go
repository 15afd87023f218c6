package api

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

func (s *Server) setTags(w http.ResponseWriter, r *http.Request) {
	id, ok := deviceID(w, r)
	if !ok {
		return
	}
	var body struct {
		Tags []string `json:"tags"`
	}
	if !decode(w, r, &body) {
		return
	}
	if err := s.Fleet.SetTags(r.Context(), sessionOf(r).OrgID, id, body.Tags); err != nil {
		fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) addTag(w http.ResponseWriter, r *http.Request) {
	id, ok := deviceID(w, r)
	if !ok {
		return
	}
	if err := s.Fleet.AddTag(r.Context(), sessionOf(r).OrgID, id, chi.URLParam(r, "tag")); err != nil {
		fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) removeTag(w http.ResponseWriter, r *http.Request) {
	id, ok := deviceID(w, r)
	if !ok {
		return
	}
	if err := s.Fleet.RemoveTag(r.Context(), sessionOf(r).OrgID, id, chi.URLParam(r, "tag")); err != nil {
		fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
