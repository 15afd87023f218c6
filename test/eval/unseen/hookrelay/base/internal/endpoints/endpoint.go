package endpoints

import (
	"errors"
	"net/url"

	"github.com/google/uuid"
)

var ErrBadURL = errors.New("url must be absolute, http or https, without user and fragment")

type Endpoint struct {
	ID         uuid.UUID
	CustomerID uuid.UUID
	URL        string
	Secret     []byte
}

func checkURL(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return ErrBadURL
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return ErrBadURL
	}
	return nil
}
