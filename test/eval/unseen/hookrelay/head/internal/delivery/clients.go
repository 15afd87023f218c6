package delivery

import (
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"net/http"
	"sync"

	"github.com/google/uuid"

	"example.com/hookrelay/internal/endpoints"
)

// maxClients bounds how many endpoints with a client certificate keep their connections.
const maxClients = 500

// clients keeps one HTTP client for each endpoint that has a client certificate.
type clients struct {
	mu   sync.Mutex
	byID map[uuid.UUID]cachedClient
}

type cachedClient struct {
	fingerprint [sha256.Size]byte
	http        *http.Client
}

func newClients() *clients {
	return &clients{byID: make(map[uuid.UUID]cachedClient)}
}

// get returns the kept client as long as the pair is the same.
func (c *clients) get(ep endpoints.Endpoint) (*http.Client, error) {
	fingerprint := sha256.Sum256(append(append([]byte{}, ep.Client.Certificate...), ep.Client.Key...))

	c.mu.Lock()
	defer c.mu.Unlock()
	old, known := c.byID[ep.ID]
	if known && old.fingerprint == fingerprint {
		return old.http, nil
	}

	pair, err := tls.X509KeyPair(ep.Client.Certificate, ep.Client.Key)
	if err != nil {
		return nil, fmt.Errorf("client certificate of %s: %w", ep.ID, err)
	}
	if known {
		old.http.CloseIdleConnections()
	} else if len(c.byID) >= maxClients {
		c.dropOne()
	}
	fresh := cachedClient{fingerprint: fingerprint, http: newClient(newClientCertTransport(pair))}
	c.byID[ep.ID] = fresh
	return fresh.http, nil
}

func (c *clients) dropOne() {
	for id, client := range c.byID {
		client.http.CloseIdleConnections()
		delete(c.byID, id)
		return
	}
}
