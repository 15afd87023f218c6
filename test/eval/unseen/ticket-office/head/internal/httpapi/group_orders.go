package httpapi

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"example.com/ticket-office/internal/booking"
)

func postGroupOrder(service *booking.Service) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Seats   []string `json:"seats"`
			Voucher string   `json:"voucher"`
		}
		eventID, ok := eventOf(w, r)
		if !ok {
			return
		}
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || slices.ContainsFunc(in.Seats, notASeat) {
			writeError(w, http.StatusBadRequest, "invalid_request")
			return
		}
		order, err := service.BookGroup(r.Context(), booking.Group{
			BuyerID: buyerOf(r), EventID: eventID, Seats: in.Seats, Voucher: in.Voucher,
		})
		var seat *booking.SeatError
		switch {
		case err == nil:
			writeJSON(w, http.StatusCreated, order)
		case errors.Is(err, booking.ErrGroupSize):
			writeError(w, http.StatusUnprocessableEntity, "group_size")
		case errors.As(err, &seat) && isTaken(seat):
			writeJSON(w, http.StatusConflict, map[string]string{"error": "seat_taken", "seat": seat.Seat})
		default:
			fail(w, err)
		}
	}
}

func notASeat(code string) bool { return !seatCode.MatchString(code) }
