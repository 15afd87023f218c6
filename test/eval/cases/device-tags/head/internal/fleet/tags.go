package fleet

import (
	"context"
	"errors"
	"regexp"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

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

// AddTag gives a device one more tag; one that it has changes nothing.
func (s *Service) AddTag(ctx context.Context, orgID, id uuid.UUID, tag string) error {
	if !tagPattern.MatchString(tag) {
		return ErrBadTag
	}
	return s.changeTags(ctx, orgID, id, func(tags []string) ([]string, error) {
		if slices.Contains(tags, tag) {
			return tags, nil
		}
		if len(tags) >= MostTags {
			return nil, ErrTagsFull
		}
		return append(slices.Clone(tags), tag), nil
	})
}

// RemoveTag takes a tag from a device; one that it does not have changes nothing.
func (s *Service) RemoveTag(ctx context.Context, orgID, id uuid.UUID, tag string) error {
	return s.changeTags(ctx, orgID, id, func(tags []string) ([]string, error) {
		return slices.DeleteFunc(slices.Clone(tags), func(one string) bool { return one == tag }), nil
	})
}

// changeTags reads, changes and writes the tags of a device in one transaction.
func (s *Service) changeTags(
	ctx context.Context, orgID, id uuid.UUID, change func([]string) ([]string, error),
) error {
	params := store.DeviceParams{ID: id, OrgID: orgID}
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		q := s.q.WithTx(tx)
		device, err := q.GetDevice(ctx, params)
		if err != nil {
			return err
		}
		tags, err := change(device.Tags)
		if err != nil || slices.Equal(tags, device.Tags) {
			return err
		}
		_, err = q.SetDeviceTags(ctx, params, tags)
		return err
	})
}
