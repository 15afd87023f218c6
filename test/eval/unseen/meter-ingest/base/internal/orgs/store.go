package orgs

import (
	"context"
	"crypto/sha256"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

var ErrUnknown = errors.New("unknown token")

type Store struct{ pool *pgxpool.Pool }

func NewStore(pool *pgxpool.Pool) *Store { return &Store{pool: pool} }

// ByToken returns the id of the organisation that the token belongs to.
func (s *Store) ByToken(ctx context.Context, token string) (int64, error) {
	hash := sha256.Sum256([]byte(token))
	var id int64
	err := s.pool.QueryRow(ctx, `select id from orgs where token_hash = $1`, hash[:]).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, ErrUnknown
	}
	return id, err
}
