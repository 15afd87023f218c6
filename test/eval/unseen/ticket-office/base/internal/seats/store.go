package seats

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"example.com/ticket-office/internal/pg"
)

var ErrTaken = errors.New("seat is taken")

type Store struct{ q pg.Querier }

func NewStore(q pg.Querier) *Store { return &Store{q: q} }

func (s *Store) With(q pg.Querier) *Store { return &Store{q: q} }

// Claim gives a free seat to the order.
func (s *Store) Claim(ctx context.Context, eventID uuid.UUID, code string, orderID uuid.UUID) error {
	tag, err := s.q.Exec(ctx,
		`update seats set order_id = $3 where event_id = $1 and code = $2 and order_id is null`,
		eventID, code, orderID)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return ErrTaken
	}
	return nil
}

func (s *Store) Free(ctx context.Context, orderID uuid.UUID) error {
	_, err := s.q.Exec(ctx, `update seats set order_id = null where order_id = $1`, orderID)
	return err
}
