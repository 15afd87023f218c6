package api

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"example.com/hookrelay/internal/endpoints"
)

func Routes(store *endpoints.Store) http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.Recoverer)
	r.Use(middleware.RequestSize(64 << 10))
	r.Route("/v1/endpoints", func(r chi.Router) {
		r.Use(requireCustomer)
		r.Post("/", createEndpoint(store))
		r.Delete("/{id}", disableEndpoint(store))
		r.Put("/{id}/client-certificate", putClientCertificate(store))
	})
	return r
}
