package httpapi

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"regexp"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"example.com/ticket-office/internal/booking"
	"example.com/ticket-office/internal/events"
	"example.com/ticket-office/internal/seats"
	"example.com/ticket-office/internal/vouchers"
)

var seatCode = regexp.MustCompile(`^[A-Z]{1,2}[0-9]{1,3}$`)

func postOrder(service *booking.Service) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Seat    string `json:"seat"`
			Voucher string `json:"voucher"`
		}
		eventID, ok := eventOf(w, r)
		if !ok {
			return
		}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || !seatCode.MatchString(in.Seat) {
			writeError(w, http.StatusBadRequest, "invalid_request")
			return
		}
		order, err := service.Book(r.Context(), booking.Single{
			BuyerID: buyerOf(r), EventID: eventID, Seat: in.Seat, Voucher: in.Voucher,
		})
		if err != nil {
			fail(w, err)
			return
		}
		writeJSON(w, http.StatusCreated, order)
	}
}

func eventOf(w http.ResponseWriter, r *http.Request) (uuid.UUID, bool) {
	id, err := uuid.Parse(chi.URLParam(r, "event"))
	if err != nil {
		writeError(w, http.StatusNotFound, "not_found")
		return uuid.Nil, false
	}
	return id, true
}

func isTaken(err error) bool { return errors.Is(err, seats.ErrTaken) }

func fail(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, events.ErrNotOnSale):
		writeError(w, http.StatusNotFound, "not_on_sale")
	case isTaken(err):
		writeError(w, http.StatusConflict, "seat_taken")
	case errors.Is(err, vouchers.ErrUnusable):
		writeError(w, http.StatusUnprocessableEntity, "voucher_unusable")
	default:
		slog.Error("order failed", "err", err)
		writeError(w, http.StatusInternalServerError, "internal")
	}
}

func writeError(w http.ResponseWriter, status int, code string) {
	writeJSON(w, status, map[string]string{"error": code})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
