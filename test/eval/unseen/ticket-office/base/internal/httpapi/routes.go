package httpapi

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"example.com/ticket-office/internal/booking"
)

func Routes(service *booking.Service) http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.Recoverer)
	r.Use(middleware.RequestSize(16 << 10))
	r.Route("/events/{event}", func(r chi.Router) {
		r.Use(requireBuyer)
		r.Post("/orders", postOrder(service))
	})
	return r
}
