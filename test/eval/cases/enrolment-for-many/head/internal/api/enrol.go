package api

import (
	"net/http"
	"time"
)

func (s *Server) createEnrolmentToken(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Hours   int   `json:"hours"`
		Devices int32 `json:"devices"`
	}
	body.Devices = 1
	if !decode(w, r, &body) {
		return
	}
	if body.Hours < 1 || body.Hours > 24*14 {
		respond(w, http.StatusBadRequest, map[string]string{"error": "hours must be 1 to 336"})
		return
	}
	if body.Devices < 1 || body.Devices > 500 {
		respond(w, http.StatusBadRequest, map[string]string{"error": "devices must be 1 to 500"})
		return
	}
	life := time.Duration(body.Hours) * time.Hour
	text, token, err := s.Fleet.CreateToken(r.Context(), sessionOf(r).OrgID, life, body.Devices)
	if err != nil {
		fail(w, r, err)
		return
	}
	respond(w, http.StatusCreated, map[string]any{
		"token":      text,
		"expires_at": token.ExpiresAt,
		"devices":    token.MaxUses,
	})
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
	enrolment, err := s.Fleet.Enrol(r.Context(), body.Token, body.Serial)
	if err != nil {
		fail(w, r, err)
		return
	}
	respond(w, http.StatusCreated, map[string]any{
		"device_id": enrolment.Device.ID,
		"key":       enrolment.Key,
		"remaining": enrolment.Remaining,
	})
}
