package orders

import (
	"context"

	"github.com/google/uuid"

	"example.com/ticket-office/internal/pg"
)

type Order struct {
	ID         uuid.UUID `json:"id"`
	BuyerID    uuid.UUID `json:"-"`
	EventID    uuid.UUID `json:"eventId"`
	SeatCount  int       `json:"seatCount"`
	TotalCents int64     `json:"totalCents"`
}

type Store struct{ q pg.Querier }

func NewStore(q pg.Querier) *Store { return &Store{q: q} }

func (s *Store) With(q pg.Querier) *Store { return &Store{q: q} }

func (s *Store) Insert(ctx context.Context, o Order) error {
	_, err := s.q.Exec(ctx,
		`insert into orders (id, buyer_id, event_id, seat_count, total_cents) values ($1, $2, $3, $4, $5)`,
		o.ID, o.BuyerID, o.EventID, o.SeatCount, o.TotalCents)
	return err
}
