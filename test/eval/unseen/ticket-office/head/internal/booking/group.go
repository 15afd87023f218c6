package booking

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"example.com/ticket-office/internal/orders"
	"example.com/ticket-office/internal/pg"
)

const (
	minGroup      = 2
	maxGroup      = 20
	discountFrom  = 10
	discountParts = 10
)

var ErrGroupSize = errors.New("a group has two to twenty different seats")

// SeatError says which seat of a group could not be had.
type SeatError struct {
	Seat string
	Err  error
}

func (e *SeatError) Error() string { return fmt.Sprintf("seat %s: %v", e.Seat, e.Err) }

func (e *SeatError) Unwrap() error { return e.Err }

type Group struct {
	BuyerID uuid.UUID
	EventID uuid.UUID
	Seats   []string
	Voucher string
}

// BookGroup sells all seats of the group or none.
func (s *Service) BookGroup(ctx context.Context, in Group) (orders.Order, error) {
	codes, err := groupSeats(in.Seats)
	if err != nil {
		return orders.Order{}, err
	}

	order := orders.Order{ID: uuid.New(), BuyerID: in.BuyerID, EventID: in.EventID, SeatCount: len(codes)}
	err = pg.InTx(ctx, s.pool, func(tx pgx.Tx) error {
		event, err := s.events.With(tx).OnSale(ctx, in.EventID)
		if err != nil {
			return err
		}

		var credit int64
		if in.Voucher != "" {
			if credit, err = s.vouchers.Redeem(ctx, in.Voucher, order.ID); err != nil {
				return err
			}
		}

		seatStore := s.seats.With(tx)
		for _, code := range codes {
			if err := seatStore.Claim(ctx, in.EventID, code, order.ID); err != nil {
				return &SeatError{Seat: code, Err: err}
			}
		}

		order.TotalCents = amountDue(groupPrice(event.SeatCents, len(codes)), credit)
		return s.orders.With(tx).Insert(ctx, order)
	})
	return order, err
}

// groupSeats sorts the codes, so that two groups ask for their seats in the same order.
func groupSeats(seats []string) ([]string, error) {
	codes := slices.Clone(seats)
	slices.Sort(codes)
	codes = slices.Compact(codes)
	if len(codes) != len(seats) || len(codes) < minGroup || len(codes) > maxGroup {
		return nil, ErrGroupSize
	}
	return codes, nil
}

func groupPrice(seatCents int64, count int) int64 {
	if count >= discountFrom {
		seatCents -= seatCents / discountParts
	}
	return seatCents * int64(count)
}
