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

// CreateToken makes a token with which so many devices can enrol. Only its hash is kept.
func (s *Service) CreateToken(
	ctx context.Context, orgID uuid.UUID, life time.Duration, devices int32,
) (string, store.EnrolmentToken, error) {
	text, hash := newSecret()
	token, err := s.q.InsertEnrolmentToken(ctx, store.InsertEnrolmentTokenParams{
		OrgID:     orgID,
		TokenHash: hash,
		ExpiresAt: time.Now().Add(life),
		MaxUses:   devices,
	})
	return text, token, err
}

// Enrolment is what a device learns when it enrols.
type Enrolment struct {
	Device store.Device
	Key    string
	// Remaining says how many more devices the token is good for.
	Remaining int32
}

// Enrol turns a token into a device with a key of its own. The device, its key and the use of the token are one
// transaction: a serial that is taken does not cost a use.
func (s *Service) Enrol(ctx context.Context, tokenText, serial string) (Enrolment, error) {
	var enrolment Enrolment
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		q := s.q.WithTx(tx)
		token, err := q.GetEnrolmentToken(ctx, hashOf(tokenText))
		if errors.Is(err, pgx.ErrNoRows) {
			return ErrTokenSpent
		}
		if err != nil {
			return err
		}
		if token.Uses >= token.MaxUses {
			return ErrTokenSpent
		}
		device, err := q.InsertDevice(ctx, token.OrgID, serial)
		if err != nil {
			return err
		}
		key, hash := newSecret()
		if err := q.InsertDeviceKey(ctx, device.ID, hash); err != nil {
			return err
		}
		enrolment = Enrolment{Device: device, Key: key, Remaining: token.MaxUses - token.Uses - 1}
		return q.CountEnrolmentUse(ctx, token.ID)
	})
	return enrolment, err
}
