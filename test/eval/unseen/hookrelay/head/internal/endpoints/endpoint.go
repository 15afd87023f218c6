package endpoints

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/url"
	"time"

	"github.com/google/uuid"
)

var (
	ErrBadURL  = errors.New("url must be absolute, http or https, without user and fragment")
	ErrBadPair = errors.New("certificate and key must be PEM, belong together and be valid today")
)

type Endpoint struct {
	ID         uuid.UUID
	CustomerID uuid.UUID
	URL        string
	Secret     []byte
	Client     *ClientPair
}

// ClientPair is what we show to an endpoint that asks for a client certificate. Both are PEM.
type ClientPair struct {
	Certificate []byte
	Key         []byte
}

func (p *ClientPair) check(now time.Time) error {
	pair, err := tls.X509KeyPair(p.Certificate, p.Key)
	if err != nil {
		return ErrBadPair
	}
	leaf, err := x509.ParseCertificate(pair.Certificate[0])
	if err != nil || now.After(leaf.NotAfter) {
		return ErrBadPair
	}
	return nil
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
