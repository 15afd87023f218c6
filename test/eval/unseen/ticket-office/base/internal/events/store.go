package events

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"example.com/ticket-office/internal/pg"
)

var ErrNotOnSale = errors.New("event is not on sale")

type Event struct {
	ID        uuid.UUID
	SeatCents int64
}

type Store struct{ q pg.Querier }

func NewStore(q pg.Querier) *Store { return &Store{q: q} }

func (s *Store) With(q pg.Querier) *Store { return &Store{q: q} }

func (s *Store) OnSale(ctx context.Context, id uuid.UUID) (Event, error) {
	event := Event{ID: id}
	err := s.q.QueryRow(ctx,
		`select seat_cents from events where id = $1 and on_sale and starts_at > now()`, id).
		Scan(&event.SeatCents)
	if errors.Is(err, pgx.ErrNoRows) {
		return Event{}, ErrNotOnSale
	}
	return event, err
}
