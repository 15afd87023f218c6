package api

import (
	"net/http"

	"github.com/google/uuid"
)

func (s *Server) transferDevice(w http.ResponseWriter, r *http.Request) {
	device, ok := deviceID(w, r)
	if !ok {
		return
	}
	var body struct {
		Site uuid.UUID `json:"site"`
	}
	if !decode(w, r, &body) {
		return
	}
	session := sessionOf(r)
	key, err := s.Fleet.Transfer(r.Context(), session.OrgID, device, body.Site, session.User)
	if err != nil {
		fail(w, r, err)
		return
	}
	respond(w, http.StatusOK, map[string]any{"device_id": device, "site_id": body.Site, "key": key})
}
