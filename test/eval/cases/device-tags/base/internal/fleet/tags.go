package fleet

import (
	"context"
	"errors"
	"regexp"

	"github.com/google/uuid"

	"example.com/fleetwatch/internal/store"
)

// MostTags is what the web app has room for.
const MostTags = 20

var (
	ErrBadTag   = errors.New("a tag is 1 to 30 letters, digits or dashes")
	ErrTagsFull = errors.New("a device has at most 20 tags")
	tagPattern  = regexp.MustCompile(`^[\p{L}\p{N}-]{1,30}$`)
)

// SetTags replaces the tags of a device.
func (s *Service) SetTags(ctx context.Context, orgID, id uuid.UUID, tags []string) error {
	if len(tags) > MostTags {
		return ErrTagsFull
	}
	for _, tag := range tags {
		if !tagPattern.MatchString(tag) {
			return ErrBadTag
		}
	}
	n, err := s.q.SetDeviceTags(ctx, store.DeviceParams{ID: id, OrgID: orgID}, tags)
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrNotFound
	}
	return nil
}
