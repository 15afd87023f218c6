package api

import (
	"net/http"
	"time"
)

func (s *Server) createEnrolmentToken(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Hours int `json:"hours"`
	}
	if !decode(w, r, &body) {
		return
	}
	if body.Hours < 1 || body.Hours > 24*14 {
		respond(w, http.StatusBadRequest, map[string]string{"error": "hours must be 1 to 336"})
		return
	}
	text, token, err := s.Fleet.CreateToken(r.Context(), sessionOf(r).OrgID, time.Duration(body.Hours)*time.Hour)
	if err != nil {
		fail(w, r, err)
		return
	}
	respond(w, http.StatusCreated, map[string]any{"token": text, "expires_at": token.ExpiresAt})
}

// enrol is called by a device that is switched on for the first time. The token is its only proof.
func (s *Server) enrol(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Token  string `json:"token"`
		Serial string `json:"serial"`
	}
	if !decode(w, r, &body) {
		return
	}
	key, device, err := s.Fleet.Enrol(r.Context(), body.Token, body.Serial)
	if err != nil {
		fail(w, r, err)
		return
	}
	respond(w, http.StatusCreated, map[string]any{"device_id": device.ID, "key": key})
}
