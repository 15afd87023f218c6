package endpoints

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"example.com/hookrelay/internal/seal"
)

var ErrNotFound = errors.New("endpoint not found")

type Store struct {
	pool *pgxpool.Pool
	box  *seal.Box
}

func NewStore(pool *pgxpool.Pool, box *seal.Box) *Store {
	return &Store{pool: pool, box: box}
}

func (s *Store) Create(ctx context.Context, customerID uuid.UUID, rawURL string) (Endpoint, error) {
	if err := checkURL(rawURL); err != nil {
		return Endpoint{}, err
	}
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return Endpoint{}, err
	}
	sealed, err := s.box.Seal(secret)
	if err != nil {
		return Endpoint{}, err
	}
	ep := Endpoint{ID: uuid.New(), CustomerID: customerID, URL: rawURL, Secret: secret}
	_, err = s.pool.Exec(ctx,
		`insert into endpoints (id, customer_id, url, sealed_secret) values ($1, $2, $3, $4)`,
		ep.ID, ep.CustomerID, ep.URL, sealed)
	return ep, err
}

// Load reads an endpoint with its opened secrets. It is for deliveries only.
func (s *Store) Load(ctx context.Context, id uuid.UUID) (Endpoint, error) {
	ep := Endpoint{ID: id}
	var sealed, certificate, sealedKey []byte
	err := s.pool.QueryRow(ctx,
		`select customer_id, url, sealed_secret, client_certificate, sealed_client_key
		 from endpoints where id = $1 and enabled`, id).
		Scan(&ep.CustomerID, &ep.URL, &sealed, &certificate, &sealedKey)
	if errors.Is(err, pgx.ErrNoRows) {
		return Endpoint{}, ErrNotFound
	}
	if err != nil {
		return Endpoint{}, err
	}
	if ep.Secret, err = s.box.Open(sealed); err != nil {
		return Endpoint{}, fmt.Errorf("secret of %s: %w", id, err)
	}
	if sealedKey != nil {
		key, err := s.box.Open(sealedKey)
		if err != nil {
			return Endpoint{}, fmt.Errorf("client key of %s: %w", id, err)
		}
		ep.Client = &ClientPair{Certificate: certificate, Key: key}
	}
	return ep, nil
}

// SetClientPair replaces the client certificate of an endpoint.
func (s *Store) SetClientPair(ctx context.Context, customerID, id uuid.UUID, pair ClientPair) error {
	if err := pair.check(time.Now()); err != nil {
		return err
	}
	sealedKey, err := s.box.Seal(pair.Key)
	if err != nil {
		return err
	}
	tag, err := s.pool.Exec(ctx,
		`update endpoints set client_certificate = $3, sealed_client_key = $4
		 where id = $1 and customer_id = $2`,
		id, customerID, pair.Certificate, sealedKey)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return ErrNotFound
	}
	return nil
}

func (s *Store) Disable(ctx context.Context, customerID, id uuid.UUID) error {
	tag, err := s.pool.Exec(ctx,
		`update endpoints set enabled = false where id = $1 and customer_id = $2`, id, customerID)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return ErrNotFound
	}
	return nil
}
