package fleet

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"example.com/fleetwatch/internal/store"
)

var (
	ErrSiteFull = errors.New("the site is full")
	ErrPlaced   = errors.New("the device stands at a site")
)

// withLockedSite runs work in a transaction that holds the site's row. Who changes what stands at a site goes through it.
func (s *Service) withLockedSite(
	ctx context.Context, orgID, siteID uuid.UUID, work func(q *store.Queries, site store.Site) error,
) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		q := s.q.WithTx(tx)
		site, err := q.LockSite(ctx, store.LockSiteParams{ID: siteID, OrgID: orgID})
		if err != nil {
			return err
		}
		return work(q, site)
	})
}

// Place puts a device that stands nowhere at a site.
func (s *Service) Place(ctx context.Context, orgID, siteID, deviceID uuid.UUID, actor string) error {
	return s.withLockedSite(ctx, orgID, siteID, func(q *store.Queries, site store.Site) error {
		device, err := q.LockDevice(ctx, store.DeviceParams{ID: deviceID, OrgID: orgID})
		if err != nil {
			return err
		}
		if device.SiteID != nil {
			return ErrPlaced
		}
		if err := putAt(ctx, q, device, site); err != nil {
			return err
		}
		return q.InsertAudit(ctx, store.InsertAuditParams{
			OrgID: orgID, Actor: actor, Action: "device.placed", Subject: device.ID.String(),
		})
	})
}

// putAt needs the site's lock: it counts what stands there.
func putAt(ctx context.Context, q *store.Queries, device store.Device, site store.Site) error {
	n, err := q.CountDevicesAtSite(ctx, site.ID)
	if err != nil {
		return err
	}
	if n >= int64(site.Capacity) {
		return ErrSiteFull
	}
	return q.MoveDevice(ctx, device.ID, &site.ID)
}

// Sites lists the sites of an organisation, by id.
func (s *Service) Sites(ctx context.Context, orgID, after uuid.UUID, limit int32) ([]store.Site, error) {
	return s.q.ListSites(ctx, store.ListSitesParams{OrgID: orgID, After: after, Limit: limit})
}
