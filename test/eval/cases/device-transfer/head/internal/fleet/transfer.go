package fleet

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"example.com/fleetwatch/internal/store"
)

var ErrAlreadyThere = errors.New("the device stands at this site")

// Transfer moves a device to another site of its organisation and gives it a new key, which is returned. The keys that the
// old site's gateways know are revoked.
func (s *Service) Transfer(ctx context.Context, orgID, deviceID, siteID uuid.UUID, actor string) (string, error) {
	key, hash := newSecret()
	err := s.withLockedSite(ctx, orgID, siteID, func(q *store.Queries, site store.Site) error {
		device, err := q.LockDevice(ctx, store.DeviceParams{ID: deviceID, OrgID: orgID})
		if err != nil {
			return fmt.Errorf("device %s: %w", deviceID, err)
		}
		if device.SiteID != nil && *device.SiteID == site.ID {
			return ErrAlreadyThere
		}
		if err := s.q.RevokeDeviceKeys(ctx, device.ID); err != nil {
			return fmt.Errorf("revoke keys: %w", err)
		}
		if err := putAt(ctx, q, device, site); err != nil {
			return err
		}
		if err := q.InsertDeviceKey(ctx, device.ID, hash); err != nil {
			return fmt.Errorf("new key: %w", err)
		}
		return q.InsertAudit(ctx, store.InsertAuditParams{
			OrgID:   orgID,
			Actor:   actor,
			Action:  "device.transferred",
			Subject: fmt.Sprintf("%s from %s to %s", device.ID, siteName(device.SiteID), site.ID),
		})
	})
	if err != nil {
		return "", err
	}
	return key, nil
}

func siteName(id *uuid.UUID) string {
	if id == nil {
		return "nowhere"
	}
	return id.String()
}
