package vouchers

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"example.com/ticket-office/internal/pg"
)

var ErrUnusable = errors.New("voucher cannot be used")

type Store struct{ q pg.Querier }

func NewStore(q pg.Querier) *Store { return &Store{q: q} }

func (s *Store) With(q pg.Querier) *Store { return &Store{q: q} }

// Redeem uses the voucher up for the order and returns its worth in cents.
func (s *Store) Redeem(ctx context.Context, code string, orderID uuid.UUID) (int64, error) {
	var cents int64
	err := s.q.QueryRow(ctx,
		`update vouchers set order_id = $2, used_at = now()
		 where code = $1 and used_at is null and valid_until > now()
		 returning cents`, code, orderID).Scan(&cents)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, ErrUnusable
	}
	return cents, err
}

func (s *Store) GiveBack(ctx context.Context, orderID uuid.UUID) error {
	_, err := s.q.Exec(ctx,
		`update vouchers set order_id = null, used_at = null where order_id = $1`, orderID)
	return err
}
