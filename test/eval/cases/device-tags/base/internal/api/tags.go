package api

import "net/http"

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
