package booking

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"example.com/ticket-office/internal/events"
	"example.com/ticket-office/internal/orders"
	"example.com/ticket-office/internal/pg"
	"example.com/ticket-office/internal/seats"
	"example.com/ticket-office/internal/vouchers"
)

type Service struct {
	pool     *pgxpool.Pool
	events   *events.Store
	seats    *seats.Store
	vouchers *vouchers.Store
	orders   *orders.Store
}

func NewService(pool *pgxpool.Pool) *Service {
	return &Service{
		pool:     pool,
		events:   events.NewStore(pool),
		seats:    seats.NewStore(pool),
		vouchers: vouchers.NewStore(pool),
		orders:   orders.NewStore(pool),
	}
}

type Single struct {
	BuyerID uuid.UUID
	EventID uuid.UUID
	Seat    string
	Voucher string
}

// Book sells one seat.
func (s *Service) Book(ctx context.Context, in Single) (orders.Order, error) {
	order := orders.Order{ID: uuid.New(), BuyerID: in.BuyerID, EventID: in.EventID, SeatCount: 1}
	err := pg.InTx(ctx, s.pool, func(tx pgx.Tx) error {
		event, err := s.events.With(tx).OnSale(ctx, in.EventID)
		if err != nil {
			return err
		}
		if err := s.seats.With(tx).Claim(ctx, in.EventID, in.Seat, order.ID); err != nil {
			return err
		}
		var credit int64
		if in.Voucher != "" {
			if credit, err = s.vouchers.With(tx).Redeem(ctx, in.Voucher, order.ID); err != nil {
				return err
			}
		}
		order.TotalCents = amountDue(event.SeatCents, credit)
		return s.orders.With(tx).Insert(ctx, order)
	})
	return order, err
}

// amountDue never falls below zero; what is left of a voucher is not paid out.
func amountDue(price, credit int64) int64 {
	return max(price-credit, 0)
}
