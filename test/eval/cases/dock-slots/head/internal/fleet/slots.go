package fleet

import (
	"context"

	"github.com/google/uuid"

	"example.com/fleetwatch/internal/store"
)

// assignSlot gives a device the lowest slot that is free at the site.
func assignSlot(ctx context.Context, q *store.Queries, deviceID uuid.UUID, site store.Site) (int32, error) {
	used, err := q.UsedSlots(ctx, site.ID)
	if err != nil {
		return 0, err
	}
	slot := lowestFree(used)
	if slot > site.Capacity {
		return 0, ErrSiteFull
	}
	return slot, q.SetSlot(ctx, store.SetSlotParams{DeviceID: deviceID, SiteID: site.ID, Slot: slot})
}

// lowestFree takes slots in ascending order.
func lowestFree(used []int32) int32 {
	free := int32(1)
	for _, slot := range used {
		if slot > free {
			break
		}
		if slot == free {
			free++
		}
	}
	return free
}
