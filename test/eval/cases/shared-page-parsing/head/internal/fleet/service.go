// Package fleet holds what the fleet's devices are and who owns them.
package fleet

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"example.com/fleetwatch/internal/store"
)

var (
	ErrNotFound   = errors.New("not found")
	ErrTokenSpent = errors.New("the token is spent, expired or unknown")
)

type Service struct {
	pool *pgxpool.Pool
	q    *store.Queries
}

func New(pool *pgxpool.Pool) *Service {
	return &Service{pool: pool, q: store.New(pool)}
}

func (s *Service) Get(ctx context.Context, orgID, id uuid.UUID) (store.Device, error) {
	return s.q.GetDevice(ctx, store.DeviceParams{ID: id, OrgID: orgID})
}

func (s *Service) List(ctx context.Context, orgID, after uuid.UUID, limit int32) ([]store.Device, error) {
	return s.q.ListDevices(ctx, store.ListDevicesParams{OrgID: orgID, After: after, Limit: limit})
}

func (s *Service) SetLabel(ctx context.Context, orgID, id uuid.UUID, label string) error {
	n, err := s.q.SetDeviceLabel(ctx, store.DeviceParams{ID: id, OrgID: orgID}, label)
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrNotFound
	}
	return nil
}
