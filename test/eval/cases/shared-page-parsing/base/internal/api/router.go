package api

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"example.com/fleetwatch/internal/fleet"
	"example.com/fleetwatch/internal/geo"
)

type Server struct {
	Fleet    *fleet.Service
	Geo      *geo.Client
	Sessions SessionReader
}

func (s *Server) Routes() http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.RequestID, middleware.Recoverer, middleware.Timeout(10*time.Second))

	r.Post("/enrol", s.enrol)

	r.Route("/v1", func(r chi.Router) {
		r.Use(authenticate(s.Sessions))
		r.Get("/devices", s.listDevices)
		r.Get("/devices/{deviceID}", s.getDevice)
		r.Get("/places", s.findPlaces)
		r.Get("/sites", s.listSites)

		r.Group(func(r chi.Router) {
			r.Use(adminOnly)
			r.Patch("/devices/{deviceID}", s.labelDevice)
			r.Post("/enrolment-tokens", s.createEnrolmentToken)
			r.Put("/sites/{siteID}/devices/{deviceID}", s.placeDevice)
		})
	})
	return r
}
