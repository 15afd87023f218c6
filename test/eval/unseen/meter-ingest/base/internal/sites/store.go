package sites

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

var ErrNotFound = errors.New("site not found")

type Site struct {
	ID    int64
	OrgID int64
	Name  string
}

type Store struct{ pool *pgxpool.Pool }

func NewStore(pool *pgxpool.Pool) *Store { return &Store{pool: pool} }

// Find returns a site of the organisation.
func (s *Store) Find(ctx context.Context, orgID, id int64) (Site, error) {
	var site Site
	err := s.pool.QueryRow(ctx,
		`select id, org_id, name from sites where id = $1 and org_id = $2`, id, orgID).
		Scan(&site.ID, &site.OrgID, &site.Name)
	if errors.Is(err, pgx.ErrNoRows) {
		return Site{}, ErrNotFound
	}
	return site, err
}
