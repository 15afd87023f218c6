package fleet

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"example.com/fleetwatch/internal/store"
)

func newSecret() (text string, hash []byte) {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		panic(err)
	}
	text = base64.RawURLEncoding.EncodeToString(raw)
	return text, hashOf(text)
}

func hashOf(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

// CreateToken makes a token with which one device can enrol. Only its hash is kept.
func (s *Service) CreateToken(ctx context.Context, orgID uuid.UUID, life time.Duration) (string, store.EnrolmentToken, error) {
	text, hash := newSecret()
	token, err := s.q.InsertEnrolmentToken(ctx, store.InsertEnrolmentTokenParams{
		OrgID:     orgID,
		TokenHash: hash,
		ExpiresAt: time.Now().Add(life),
	})
	return text, token, err
}

// Enrol turns a token into a device with a key of its own.
func (s *Service) Enrol(ctx context.Context, tokenText, serial string) (string, store.Device, error) {
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return "", store.Device{}, err
	}
	defer tx.Rollback(ctx)
	qtx := s.q.WithTx(tx)

	token, err := qtx.UseEnrolmentToken(ctx, hashOf(tokenText))
	if errors.Is(err, pgx.ErrNoRows) {
		return "", store.Device{}, ErrTokenSpent
	}
	if err != nil {
		return "", store.Device{}, err
	}
	device, err := qtx.InsertDevice(ctx, token.OrgID, serial)
	if err != nil {
		return "", store.Device{}, err
	}
	key, hash := newSecret()
	if err := qtx.InsertDeviceKey(ctx, device.ID, hash); err != nil {
		return "", store.Device{}, err
	}
	return key, device, tx.Commit(ctx)
}
