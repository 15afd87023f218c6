package httpapi

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"example.com/meter-ingest/internal/orgs"
	"example.com/meter-ingest/internal/readings"
	"example.com/meter-ingest/internal/sites"
)

func Routes(orgStore *orgs.Store, siteStore *sites.Store, store *readings.Store) http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.Recoverer)
	r.Route("/v1/sites/{site}", func(r chi.Router) {
		r.Use(limitBody)
		r.Use(requireOrg(orgStore))
		r.Use(loadSite(siteStore))
		r.Post("/readings", postReadings(store))
		r.Get("/days", getDays(store))
	})
	return r
}
